import { describe, expect, it } from 'vitest'
import { demoOptions } from './demo-options.ts'

const usual = { port: '3000', seed: '1', rps: '12' }

describe('the demo’s options', () => {
  it('are numbers', () => {
    expect(demoOptions(usual)).toEqual({ port: 3_000, seed: 1, requestsPerSecond: 12 })
  })

  it.each([
    [{ port: 'abc' }, '--port abc: a port from 1 to 65535'],
    [{ port: '0' }, '--port 0: a port from 1 to 65535'],
    [{ port: '99999' }, '--port 99999: a port from 1 to 65535'],
    [{ seed: '' }, '--seed : a whole number'],
    [{ rps: 'many' }, '--rps many: a whole number'],
    [{ rps: '201' }, '--rps 201: at most 200'],
    [{ port: '-1', seed: '1.5' }, '--port -1: a port from 1 to 65535\n--seed 1.5: a whole number'],
  ])('are refused in words where they are not right: %o', (typed, message) => {
    expect(() => demoOptions({ ...usual, ...typed })).toThrow(
      expect.objectContaining({ code: 'invalid_input', message }),
    )
  })
})

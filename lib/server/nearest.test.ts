import { describe, expect, it } from 'vitest'
import { nearest } from './nearest.ts'

describe('nearest', () => {
  it.each([
    ['colour', 'color'],
    ['pot', 'port'],
    ['port', 'port'],
    ['entirely', null],
  ])('%s: %s', (word, expected) => {
    expect(nearest(word, ['port', 'color'])).toBe(expected)
  })

  it('is null without candidates', () => {
    expect(nearest('port', [])).toBeNull()
  })
})

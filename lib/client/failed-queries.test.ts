import { describe, expect, it } from 'vitest'
import { isPassing } from './failed-queries.ts'
import { RequestError } from './request-error.ts'

const answered = (status: number) => new RequestError('refused', 'No.', { status })

// Killed: unreachable left out; each status left out; all refusals taken; all statuses from 500 on.
describe('what is worth asking for again by itself', () => {
  it('is what an absent server did not answer', () => {
    expect(isPassing(new RequestError('unreachable', 'The server cannot be reached.'))).toBe(true)
  })

  it.each([429, 502, 503, 504])('is what was answered %i', (status) => {
    expect(isPassing(answered(status))).toBe(true)
  })

  it.each([401, 403, 404, 409, 422, 500])('is not what was answered %i', (status) => {
    expect(isPassing(answered(status))).toBe(false)
  })

  it('is not an answer in another shape, nor a fault of the page, nor nothing', () => {
    expect(isPassing(new RequestError('unreadable', 'Reload the page.', { status: 200 }))).toBe(false)
    expect(isPassing(new Error('a fault'))).toBe(false)
    expect(isPassing(null)).toBe(false)
  })
})

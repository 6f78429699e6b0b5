import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newKeyUse, countRequest, countTokens } from './key-limits.ts'

const T0 = 1_800_000_000_000
const none = { requestsPerMinute: null, tokensPerMinute: null }

describe('the limits of a client key', () => {
  it('are none where none is set', () => {
    const use = newKeyUse()
    for (let n = 0; n < 1_000; n += 1) expect(countRequest(use, none, T0)).toBeNull()
  })

  it('let so many requests through in a minute, and say when the next may come', () => {
    const use = newKeyUse()
    const limits = { ...none, requestsPerMinute: 2 }
    expect(countRequest(use, limits, T0 + 200)).toBeNull()
    expect(countRequest(use, limits, T0 + 10_000)).toBeNull()
    expect(countRequest(use, limits, T0 + 30_000)).toEqual({ limit: 'requests', retryAfterMs: 30_000 })
    expect(countRequest(use, limits, T0 + 59_999)).toEqual({ limit: 'requests', retryAfterMs: 1 })
    expect(countRequest(use, limits, T0 + 60_000)).toBeNull()
    expect(countRequest(use, limits, T0 + 60_000)).toEqual({ limit: 'requests', retryAfterMs: 10_000 })
  })

  it('do not count what was refused', () => {
    const use = newKeyUse()
    const limits = { ...none, requestsPerMinute: 1 }
    countRequest(use, limits, T0)
    for (let second = 1; second < 60; second += 1)
      expect(countRequest(use, limits, T0 + second * 1_000)).toMatchObject({ limit: 'requests' })
    expect(countRequest(use, limits, T0 + 60_000)).toBeNull()
  })

  it('stop a key whose tokens are used up', () => {
    const use = newKeyUse()
    const limits = { ...none, tokensPerMinute: 100 }
    expect(countRequest(use, limits, T0)).toBeNull()
    countTokens(use, 99, T0 + 4_000)
    expect(countRequest(use, limits, T0 + 4_000)).toBeNull()
    countTokens(use, 1, T0 + 5_000)
    expect(countRequest(use, limits, T0 + 5_000), 'to the last token').toMatchObject({ limit: 'tokens' })
    countTokens(use, 250, T0 + 5_000)
    expect(countRequest(use, limits, T0 + 6_000)).toEqual({ limit: 'tokens', retryAfterMs: 59_000 })
    expect(countRequest(use, limits, T0 + 65_000)).toBeNull()
  })

  it('forget everything over a long silence', () => {
    const use = newKeyUse()
    const limits = { requestsPerMinute: 1, tokensPerMinute: 1 }
    countRequest(use, limits, T0)
    countTokens(use, 10, T0)
    expect(countRequest(use, limits, T0 + 3_600_000)).toBeNull()
  })

  // Mutants tried and killed by this property: `>` for `>=`; the second of the wait off by one; the oldest second not
  // forgotten; a refused request counted.
  it('never let more through in any minute, and never say a time at which the request is refused again', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 5, maxLength: 60, size: 'max' })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), steps, (limit, waits) => {
        const use = newKeyUse()
        const limits = { ...none, requestsPerMinute: limit }
        const admitted: number[] = []
        let now = T0
        for (const wait of waits) {
          now += wait
          let over = countRequest(use, limits, now)
          if (over !== null) {
            expect(over.retryAfterMs).toBeGreaterThan(0)
            expect(over.retryAfterMs).toBeLessThanOrEqual(60_000)
            now += over.retryAfterMs
            over = countRequest(use, limits, now)
          }
          expect(over).toBeNull()
          admitted.push(Math.floor(now / 1_000))
          const second = Math.floor(now / 1_000)
          expect(admitted.filter((at) => at > second - 60).length).toBeLessThanOrEqual(limit)
        }
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRateLimiter } from './rate-limiter.ts'

function stage(rate: { burst: number; perSecond: number }, mostKeys?: number) {
  let at = 0
  const limiter = createRateLimiter(rate, () => at, mostKeys)
  return { limiter, pass: (ms: number) => (at += ms), now: () => at }
}

describe('a rate limiter', () => {
  it('lets a burst through, then one after another at the rate', () => {
    const { limiter, pass } = stage({ burst: 3, perSecond: 10 })
    expect([1, 2, 3].map(() => limiter.take('a'))).toEqual([null, null, null])
    expect(limiter.take('a')).toBe(100)
    pass(40)
    expect(limiter.take('a')).toBe(60)
    pass(60)
    expect(limiter.take('a')).toBeNull()
    expect(limiter.take('a')).toBe(100)
  })

  it('keeps keys apart', () => {
    const { limiter } = stage({ burst: 1, perSecond: 1 })
    expect([limiter.take('a'), limiter.take('b'), limiter.take('a')]).toEqual([null, null, 1_000])
  })

  it('remembers no more keys than it may, and those that were heard of last', () => {
    const { limiter } = stage({ burst: 2, perSecond: 0.001 }, 3)
    for (const key of ['a', 'b', 'c', 'a', 'd']) limiter.take(key)
    expect(limiter.size()).toBe(3)
    expect(limiter.take('a'), 'its share is used up').not.toBeNull()
    expect([limiter.take('b'), limiter.take('b')], 'it is new again').toEqual([null, null])
  })

  it('never lets more through than burst and rate allow, in any stretch, and never makes anyone wait longer', () => {
    const rates = fc.record({
      burst: fc.integer({ min: 1, max: 20 }),
      perSecond: fc.double({ min: 0.1, max: 50, noNaN: true }),
    })
    const waits = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 80, size: 'max' })
    fc.assert(
      fc.property(rates, waits, (rate, pauses) => {
        const { limiter, pass, now } = stage(rate)
        const taken: number[] = []
        for (const pause of pauses) {
          pass(pause)
          const waitMs = limiter.take('a')
          if (waitMs === null) taken.push(now())
          else {
            pass(waitMs)
            expect(limiter.take('a')).toBeNull()
            taken.push(now())
          }
        }
        for (const [i, from] of taken.entries())
          for (const [j, to] of taken.entries())
            if (j >= i)
              expect(j - i + 1).toBeLessThanOrEqual(
                rate.burst + ((to - from) / 1_000) * rate.perSecond + 0.01,
              )
      }),
    )
  })
})

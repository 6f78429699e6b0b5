import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BucketCounts } from './bucket-counts.ts'

const BOUNDS = [10, 100, 1_000]
const countsOf = (values: readonly number[]) => {
  const counts = new BucketCounts(BOUNDS)
  for (const value of values) counts.record(value)
  return counts.read()
}

describe('counts in buckets', () => {
  it('hold a bound in the bucket that it ends, and what is above all in the last', () => {
    expect(countsOf([10, 10.5, 100, 5_000])).toEqual({
      atMost: [
        { boundMs: 10, count: 1 },
        { boundMs: 100, count: 3 },
        { boundMs: 1_000, count: 3 },
        { boundMs: Infinity, count: 4 },
      ],
      count: 4,
      sumMs: 5_120.5,
    })
  })

  it('have all their bounds, with zeros, before anything is counted', () => {
    expect(countsOf([]).atMost.map(({ count }) => count)).toEqual([0, 0, 0, 0])
  })

  it('count what each bound has at most, and never fall, whatever they are told', () => {
    const value = fc.oneof(fc.double({ min: -50, max: 2_000, noNaN: true }), fc.constant(Number.NaN))
    fc.assert(
      fc.property(fc.array(value), (values) => {
        const counts = new BucketCounts(BOUNDS)
        let before = counts.read()
        for (const one of values) {
          counts.record(one)
          const now = counts.read()
          expect(now.sumMs).toBeGreaterThanOrEqual(before.sumMs)
          expect(now.count).toBeGreaterThanOrEqual(before.count)
          before = now
        }
        const real = values.filter((one) => !Number.isNaN(one))
        for (const { boundMs, count } of before.atMost)
          expect(count).toBe(real.filter((one) => one <= boundMs).length)
        expect(before.count).toBe(real.length)
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Histogram,
  mergedHistogram,
  newHistogram,
  quantile,
  recordValue,
} from '#lib/domain/histogram.ts'
import { tenthsOf } from '#lib/domain/tenths.ts'
import { packSketch, packWithRange, unpackSketch, unpackWithRange } from './packed-sketch.ts'

function histogramOf(values: readonly (readonly [ms: number, times: number])[]): Histogram {
  const histogram = newHistogram()
  for (const [ms, times] of values) recordValue(histogram, ms, times)
  return histogram
}

const rangeOf = ({ min, max }: Histogram) => ({ min: tenthsOf(min), max: tenthsOf(max) })

/** As it comes back: the ends to a tenth of a millisecond. */
const kept = (histogram: Histogram): Histogram => ({
  ...histogram,
  min: tenthsOf(histogram.min) / 10,
  max: tenthsOf(histogram.max) / 10,
})

const times = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 300 }), fc.constant(5_000_000_000))
const value = fc.tuple(fc.double({ min: 0.01, max: 3_600_000, noNaN: true }), times)

describe('a packed sketch', () => {
  // Killed: the sign of the offset lost; empty buckets not counted anew; numbers cut to 32 bits; a count of one written.
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 100, size: 'max' }), (values) => {
        const histogram = histogramOf(values)
        expect(unpackWithRange(packWithRange(histogram))).toEqual(kept(histogram))
        expect(unpackSketch(packSketch(histogram), rangeOf(histogram))).toEqual(kept(histogram))
      }),
    )
  })

  it('takes some ten bytes for ten checks, and few more for ten thousand calls', () => {
    const near = (count: number) =>
      histogramOf(Array.from({ length: count }, (_, place) => [300 + ((place * 37) % 100), 1] as const))
    expect(packSketch(near(10)).length).toBeLessThanOrEqual(12)
    expect(packWithRange(near(10_000)).length).toBeLessThanOrEqual(32)
  })
})

/** A repeatable stream of numbers from 0 to 1. */
function rolls(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
}

const normal = (roll: () => number) => Math.sqrt(-2 * Math.log(roll())) * Math.cos(2 * Math.PI * roll())

const streams: Record<string, (roll: () => number) => number> = {
  uniform: (roll) => 5 + 119_995 * roll(),
  'log-normal': (roll) => Math.min(120_000, Math.max(5, Math.exp(6.2 + 0.9 * normal(roll)))),
  bimodal: (roll) => (roll() < 0.7 ? 80 + 10 * roll() : 9_000 + 800 * roll()),
  constant: () => 431.7,
}

describe('percentiles', () => {
  // Killed: a factor of 1.05; the bucket's lower end for its middle; no range on the merged one (constant).
  it.each(Object.entries(streams))(
    'are within 2 %% of the exact ones after packing and merging 1,000 buckets: %s',
    (_name, stream) => {
      const roll = rolls(42)
      const all: number[] = []
      const buckets = Array.from({ length: 1_000 }, (_, place) => {
        const histogram = newHistogram()
        for (let call = 0; call < 1 + (place % 40); call += 1) {
          const ms = stream(roll)
          all.push(ms)
          recordValue(histogram, ms)
        }
        return unpackSketch(packSketch(histogram), rangeOf(histogram))
      })
      const merged = mergedHistogram(buckets)
      const sorted = all.toSorted((a, b) => a - b)
      for (const q of [0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1]) {
        const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? 0
        const estimate = Number((quantile(merged, q) ?? 0).toPrecision(4))
        expect(Math.abs(estimate / exact - 1)).toBeLessThanOrEqual(0.02)
      }
    },
  )
})

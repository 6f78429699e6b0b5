import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Histogram,
  mergedHistogram,
  newHistogram,
  quantile,
  recordValue,
  RELATIVE_ERROR,
  restingHistogram,
  wokenHistogram,
} from './histogram.ts'

function histogramOf(values: readonly number[]): Histogram {
  const histogram = newHistogram()
  for (const value of values) recordValue(histogram, value)
  return histogram
}

/** Nearest rank: the smallest value that at least a share `q` of all do not exceed. */
function exactQuantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1]!
}

const offBy = (estimate: number | null, exact: number) => Math.abs((estimate ?? Number.NaN) - exact) / exact

/** What a double may add to an error that is exact on paper. */
const LIMIT = RELATIVE_ERROR + 1e-9

const latency = fc.double({ min: 1, max: 120_000, noNaN: true })
const share = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true })

const uniform = fc.array(latency, { minLength: 1, maxLength: 400, size: 'max' })
const logNormal = fc
  .tuple(
    fc.double({ min: 1, max: 8, noNaN: true }),
    fc.double({ min: 0.05, max: 1.2, noNaN: true }),
    fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 400, size: 'max' }),
  )
  .map(([mu, sigma, rolls]) =>
    rolls.map(([u, v]) => {
      const normal = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v)
      return Math.min(120_000, Math.max(1, Math.exp(mu + sigma * normal)))
    }),
  )
const bimodal = fc
  .tuple(
    latency,
    latency,
    fc.array(fc.tuple(fc.boolean(), share), { minLength: 1, maxLength: 400, size: 'max' }),
  )
  .map(([low, high, rolls]) =>
    rolls.map(([isHigh, spread]) => Math.min(120_000, (isHigh ? high : low) * (1 + spread / 10))),
  )
const constant = fc
  .tuple(latency, fc.integer({ min: 1, max: 300 }))
  .map(([value, length]) => Array.from({ length }, () => value))

const streams = { uniform, 'log-normal': logNormal, bimodal, constant }
const q = fc.oneof(fc.constantFrom(0, 0.5, 0.95, 0.99, 1), fc.double({ min: 0, max: 1, noNaN: true }))

// Mutants killed: a bucket's lower end or another point for its middle, the rank floored for ceiled or one too
// high, a wider factor, a range that grows to the left without moving its offset, a merge that does not shift.
describe('quantile', () => {
  it.each(Object.entries(streams))('is within 2 % of the exact one: %s', (_name, stream) => {
    fc.assert(
      fc.property(stream, q, (values, at) => {
        expect(offBy(quantile(histogramOf(values), at), exactQuantile(values, at))).toBeLessThanOrEqual(LIMIT)
      }),
    )
  })

  it('is null without values', () => {
    expect(quantile(newHistogram(), 0.5)).toBeNull()
  })

  it('never falls as the share rises', () => {
    fc.assert(
      fc.property(uniform, q, q, (values, a, b) => {
        const histogram = histogramOf(values)
        expect(quantile(histogram, Math.min(a, b))).toBeLessThanOrEqual(quantile(histogram, Math.max(a, b))!)
      }),
    )
  })

  it('is within 2 % at both ends of the range, of every bucket between', () => {
    for (let value = 1; value <= 120_000; value *= 1.003) {
      expect(offBy(quantile(histogramOf([value]), 0.5), value)).toBeLessThanOrEqual(LIMIT)
    }
    expect(offBy(quantile(histogramOf([120_000]), 0.5), 120_000)).toBeLessThanOrEqual(LIMIT)
  })
})

describe('mergedHistogram', () => {
  it('is the same as having recorded everything in one', () => {
    const parts = fc.array(fc.array(latency, { maxLength: 40, size: 'max' }), { maxLength: 6 })
    fc.assert(
      fc.property(parts, (values) => {
        expect(mergedHistogram(values.map(histogramOf))).toEqual(histogramOf(values.flat()))
      }),
    )
  })

  it('has seen nothing of nothing', () => {
    expect(mergedHistogram([])).toEqual(newHistogram())
    expect(mergedHistogram([newHistogram(), newHistogram()])).toEqual(newHistogram())
  })

  it('leaves what it merges as it was', () => {
    const parts = [histogramOf([5, 500]), histogramOf([1, 100_000])]
    const before = structuredClone(parts)
    recordValue(mergedHistogram(parts), 7)
    expect(parts).toEqual(before)
  })
})

describe('recordValue', () => {
  it('stores no more than the range it has seen', () => {
    expect(newHistogram().counts).toHaveLength(0)
    expect(histogramOf(Array.from({ length: 1_000 }, () => 87)).counts).toHaveLength(1)
    expect(histogramOf([100, 110]).counts.length).toBeLessThanOrEqual(4)
    expect(histogramOf([1, 120_000]).counts.length).toBeLessThanOrEqual(300)
  })

  it('counts every value, in any order, in one place', () => {
    fc.assert(
      fc.property(uniform, (values) => {
        const histogram = histogramOf(values)
        expect(histogram.count).toBe(values.length)
        expect(histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(values.length)
        expect(histogram).toEqual(histogramOf(values.toReversed()))
        expect(histogram.counts[0]).toBeGreaterThan(0)
        expect(histogram.counts.at(-1)).toBeGreaterThan(0)
      }),
    )
  })

  // Mutant killed: the first value of a bucket counted once.
  it('counts a value that comes many times as if it came one by one', () => {
    const many = fc.array(fc.tuple(latency, fc.integer({ min: 1, max: 50 })), { maxLength: 30 })
    fc.assert(
      fc.property(many, (values) => {
        const histogram = newHistogram()
        for (const [value, times] of values) recordValue(histogram, value, times)
        const oneByOne = values.flatMap(([value, times]) => new Array<number>(times).fill(value))
        expect(histogram).toEqual(histogramOf(oneByOne))
      }),
    )
  })

  it('counts what is out of range at its ends, and NaN not at all', () => {
    const histogram = histogramOf([0, -3, Number.POSITIVE_INFINITY, 1e12, Number.NaN])
    expect(histogram.count).toBe(4)
    expect(quantile(histogram, 0.25)).toBeCloseTo(0.01, 3)
    expect(offBy(quantile(histogram, 1), 3_600_000)).toBeLessThanOrEqual(LIMIT)
  })
})

describe('a histogram at rest', () => {
  const counted = fc.tuple(latency, fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(65_535)))
  const many = fc.array(counted, { maxLength: 60, size: 'max' })
  const histogramOfCounted = (values: readonly (readonly [value: number, times: number])[]) => {
    const histogram = newHistogram()
    for (const [value, times] of values) recordValue(histogram, value, times)
    return histogram
  }

  // Killed: the letters of another shift added; a letter too few added; the extremes left out.
  it('is woken as it was, and counts in a sum as it did', () => {
    fc.assert(
      fc.property(many, many, (one, other) => {
        const [awake, beside] = [histogramOfCounted(one), histogramOfCounted(other)]
        const resting = restingHistogram(awake)
        expect(wokenHistogram(resting)).toEqual(awake)
        expect(mergedHistogram([beside, resting])).toEqual(mergedHistogram([beside, awake]))
      }),
    )
  })

  // Killed: a count cut to what a letter holds.
  it('stays as it is where a count is larger than a letter, and when it rests already', () => {
    const large = histogramOfCounted([[100, 65_536]])
    expect(restingHistogram(large)).toBe(large)
    const resting = restingHistogram(histogramOf([100]))
    expect(resting).toHaveProperty('letters')
    expect(restingHistogram(resting)).toBe(resting)
    expect(wokenHistogram(large)).toBe(large)
  })
})

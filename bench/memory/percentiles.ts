import { mergedHistogram, newHistogram, quantile, recordValue } from '#lib/domain/histogram.ts'
import { measureOf, type Measure } from '../report.ts'

const measure = measureOf('percentiles')

const BUCKETS = 1_000
const VALUES = 300
const QUANTILES = [0.5, 0.9, 0.95, 0.99, 0.999]

const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())

/** Latencies in ms as providers have them; all within the 1 ms to 120 s that are promised. */
const STREAMS: Record<string, () => number> = {
  uniform: () => 1 + Math.random() * 119_999,
  'log-normal': () => Math.min(120_000, Math.max(1, Math.exp(6.2 + 0.9 * normal()))),
  bimodal: () => (Math.random() < 0.7 ? 180 + 20 * normal() : 9_000 + 800 * normal()),
  constant: () => 741.3,
}

/** How far a percentile of a thousand merged buckets is from the exact one of all their values, at worst. */
export default function percentiles(): Promise<Measure[]> {
  return Promise.resolve(
    Object.entries(STREAMS).map(([name, next]) =>
      measure(`${name}: worst of ${QUANTILES.length} percentiles, off by`, [100 * worstError(next), '%'], {
        at: 'most',
        value: 2,
      }),
    ),
  )
}

function worstError(next: () => number): number {
  const values = new Float64Array(BUCKETS * VALUES)
  const buckets = Array.from({ length: BUCKETS }, (_, bucket) => {
    const histogram = newHistogram()
    for (let index = 0; index < VALUES; index += 1) {
      const value = next()
      values[bucket * VALUES + index] = value
      recordValue(histogram, value)
    }
    return histogram
  })
  values.sort()
  const merged = mergedHistogram(buckets)
  return Math.max(
    ...QUANTILES.map((q) => {
      const exact = values[Math.ceil(q * values.length) - 1] ?? Number.NaN
      return Math.abs((quantile(merged, q) ?? Number.NaN) - exact) / exact
    }),
  )
}

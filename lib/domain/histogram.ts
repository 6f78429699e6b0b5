/**
 * Counts of positive values in buckets that grow by a constant factor, so that a quantile is off by at most
 * `RELATIVE_ERROR` of itself. Only the range that was seen is stored: `counts[0]` belongs to bucket `offset`.
 */
export type Histogram = { count: number; offset: number; counts: number[] }

/** How far a quantile may be from the exact one, as a share of it, for values from 10 µs to an hour. */
export const RELATIVE_ERROR = 0.02

// Values outside are counted as these: 10 µs, and the hour that a reported call may take.
const MIN_MS = 0.01
const MAX_MS = 3_600_000

// DDSketch (Masson, Rim, Lee 2019): with the factor (1 + e) / (1 - e), a bucket's middle is within e of all of it.
const FACTOR = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
const PER_LOG = 1 / Math.log(FACTOR)

/** A histogram that has seen nothing. */
export const newHistogram = (): Histogram => ({ count: 0, offset: 0, counts: [] })

/** Counts one value, in place: a copy per call would cost more than the counting. NaN is ignored. */
export function recordValue(histogram: Histogram, ms: number): void {
  if (Number.isNaN(ms)) return
  const bucket = Math.floor(Math.log(Math.min(Math.max(ms, MIN_MS), MAX_MS)) * PER_LOG)
  const index = bucket - histogram.offset
  if (index >= 0 && index < histogram.counts.length) {
    histogram.counts[index] = (histogram.counts[index] ?? 0) + 1
  } else {
    reach(histogram, bucket)
    histogram.counts[bucket - histogram.offset] = 1
  }
  histogram.count += 1
}

/** Adds the counts of `from` to `into`, in place; the same as having recorded all its values there. */
export function mergeHistogram(into: Histogram, from: Histogram): void {
  if (from.count === 0) return
  reach(into, from.offset)
  for (const [index, count] of from.counts.entries()) {
    const at = from.offset + index - into.offset
    into.counts[at] = (into.counts[at] ?? 0) + count
  }
  into.count += from.count
}

/** The value in ms that a share `q` (0–1) of all values does not exceed (nearest rank); null without values. */
export const quantile = (histogram: Histogram, q: number): number | null => quantileOf([histogram], q)

/** `quantile` of several histograms taken together, without merging them. */
export function quantileOf(histograms: readonly Histogram[], q: number): number | null {
  const filled = histograms.filter(({ count }) => count > 0)
  const total = filled.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return null
  const rank = Math.ceil(q * total)
  const last = Math.max(...filled.map(({ offset, counts }) => offset + counts.length - 1))
  let bucket = Math.min(...filled.map(({ offset }) => offset))
  let seen = countAt(filled, bucket)
  while (seen < rank && bucket < last) {
    bucket += 1
    seen += countAt(filled, bucket)
  }
  return middleOf(bucket)
}

function countAt(histograms: readonly Histogram[], bucket: number): number {
  let sum = 0
  for (const { offset, counts } of histograms) sum += counts[bucket - offset] ?? 0
  return sum
}

/** The value whose distance to both ends of the bucket is the same share of them. */
const middleOf = (bucket: number): number => (2 * FACTOR ** (bucket + 1)) / (FACTOR + 1)

/** Stretches the stored range, with zeros, until it holds `bucket`. */
function reach(histogram: Histogram, bucket: number): void {
  const { counts } = histogram
  if (counts.length === 0) histogram.offset = bucket
  if (bucket < histogram.offset) {
    counts.unshift(...zeros(histogram.offset - bucket))
    histogram.offset = bucket
  }
  const missing = bucket - histogram.offset - counts.length + 1
  if (missing > 0) counts.push(...zeros(missing))
}

const zeros = (length: number): number[] => Array.from({ length }, () => 0)

/**
 * Counts of positive values in buckets that grow by a constant factor, so that a quantile is off by at most
 * `RELATIVE_ERROR` of itself. Only the range that was seen is stored: `counts[0]` belongs to bucket `offset`. The
 * smallest and the largest value are kept as they were; Infinity and 0 while there is none.
 */
export type Histogram = { count: number; offset: number; counts: number[]; min: number; max: number }

/** A histogram to which nothing is added any more: its counts are a letter each, which takes a third of the room. */
export type RestingHistogram = Omit<Histogram, 'counts'> & { letters: string }

/** A histogram in either form. */
export type KeptHistogram = Histogram | RestingHistogram

/**
 * How far a quantile may be from the exact one, as a share of it, for values from 10 µs to an hour: a little under
 * 2 %, so that with what is rounded for the disk and the wire it stays within 2 %.
 */
export const RELATIVE_ERROR = 0.0195

// Values outside are counted as these: 10 µs, and the hour that a reported call may take.
const MIN_MS = 0.01
const MAX_MS = 3_600_000
/** The largest code of a letter. */
const MAX_LETTER = 0xff_ff

// DDSketch (Masson, Rim, Lee 2019): with the factor (1 + e) / (1 - e), a bucket's middle is within e of all of it.
const FACTOR = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
const PER_LOG = 1 / Math.log(FACTOR)

/** A histogram that has seen nothing. */
export const newHistogram = (): Histogram => ({
  count: 0,
  offset: 0,
  counts: [],
  min: Number.POSITIVE_INFINITY,
  max: 0,
})

/** Counts a value `times` times, in place: a copy per call would cost more than the counting. NaN is ignored. */
export function recordValue(histogram: Histogram, ms: number, times = 1): void {
  if (Number.isNaN(ms)) return
  const value = Math.min(Math.max(ms, MIN_MS), MAX_MS)
  const bucket = bucketOf(value)
  const index = bucket - histogram.offset
  if (index >= 0 && index < histogram.counts.length) {
    histogram.counts[index] = (histogram.counts[index] ?? 0) + times
  } else {
    reach(histogram, bucket)
    histogram.counts[bucket - histogram.offset] = times
  }
  histogram.count += times
  if (value < histogram.min) histogram.min = value
  if (value > histogram.max) histogram.max = value
}

/** Counts all that the other has seen, in place. */
export function mergeHistogram(histogram: Histogram, other: KeptHistogram): void {
  const { count, offset, min, max } = other
  if (count === 0) return
  const length = 'letters' in other ? other.letters.length : other.counts.length
  reach(histogram, offset)
  reach(histogram, offset + length - 1)
  const shift = offset - histogram.offset
  if ('letters' in other) addLetters(histogram.counts, shift, other.letters)
  else addCounts(histogram.counts, shift, other.counts)
  histogram.count += count
  histogram.min = Math.min(histogram.min, min)
  histogram.max = Math.max(histogram.max, max)
}

function addCounts(to: number[], shift: number, counts: readonly number[]): void {
  for (let index = 0; index < counts.length; index += 1) {
    to[shift + index] = (to[shift + index] ?? 0) + (counts[index] ?? 0)
  }
}

function addLetters(to: number[], shift: number, letters: string): void {
  for (let index = 0; index < letters.length; index += 1) {
    to[shift + index] = (to[shift + index] ?? 0) + letters.charCodeAt(index)
  }
}

/** The same in little room; as it is where a count is larger than a letter can be. */
export function restingHistogram(histogram: KeptHistogram): KeptHistogram {
  if ('letters' in histogram || histogram.counts.some((count) => count > MAX_LETTER)) return histogram
  const { count, offset, counts, min, max } = histogram
  return { count, offset, letters: String.fromCharCode(...counts), min, max }
}

/** The same to be added to: itself, unless it was at rest. */
export const wokenHistogram = (histogram: KeptHistogram): Histogram =>
  'letters' in histogram ? mergedHistogram([histogram]) : histogram

/** A new histogram of all that these have seen: the same as if one had recorded all their values. */
export function mergedHistogram(histograms: readonly KeptHistogram[]): Histogram {
  const merged = newHistogram()
  for (const histogram of histograms) mergeHistogram(merged, histogram)
  return merged
}

/** The value in ms that a share `q` (0–1) of all values does not exceed (nearest rank); null without values. */
export function quantile({ count, offset, counts, min, max }: Histogram, q: number): number | null {
  if (count === 0) return null
  const rank = Math.ceil(q * count)
  let index = 0
  let seen = counts[0] ?? 0
  while (seen < rank && index < counts.length - 1) {
    index += 1
    seen += counts[index] ?? 0
  }
  return Math.min(max, Math.max(min, middleOf(offset + index)))
}

/** How many of the values are above `ms`, to the bucket that holds it. */
export function countAbove({ offset, counts, max }: Histogram, ms: number): number {
  if (max <= ms) return 0
  let above = 0
  for (let index = Math.max(0, bucketOf(Math.max(ms, MIN_MS)) - offset); index < counts.length; index += 1) {
    if (middleOf(offset + index) > ms) above += counts[index] ?? 0
  }
  return above
}

const bucketOf = (ms: number): number => Math.floor(Math.log(ms) * PER_LOG)

/** The value whose distance to both ends of the bucket is the same share of them. */
const middleOf = (bucket: number): number => (2 * FACTOR ** (bucket + 1)) / (FACTOR + 1)

/**
 * Stretches the stored range, with zeros, until it holds `bucket`. It copies: a push would leave room to grow
 * that thousands of histograms never use, and a range is stretched only a few times in its life.
 */
function reach(histogram: Histogram, bucket: number): void {
  const { offset, counts } = histogram
  if (counts.length === 0) {
    histogram.offset = bucket
    histogram.counts = [0]
  } else if (bucket < offset) {
    histogram.offset = bucket
    histogram.counts = [...zeros(offset - bucket), ...counts]
  } else if (bucket >= offset + counts.length) {
    histogram.counts = [...counts, ...zeros(bucket - offset - counts.length + 1)]
  }
}

const zeros = (length: number): number[] => new Array<number>(length).fill(0)

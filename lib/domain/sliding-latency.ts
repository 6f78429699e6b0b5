import {
  mergedHistogram,
  mergeHistogram,
  newHistogram,
  quantile,
  recordValue,
  restingHistogram,
  wokenHistogram,
} from './histogram.ts'
import type { Histogram, KeptHistogram } from './histogram.ts'
import { SliceRing, type Span } from './slice-ring.ts'

type Slice = { latency: KeptHistogram }

const newSlice = (): Slice => ({ latency: newHistogram() })
const restSlice = (slice: Slice) => {
  slice.latency = restingHistogram(slice.latency)
}

/** Latency of the successes of the recent past; how exact its left edge is, `SliceRing` says. */
export class SlidingLatency {
  readonly #ring: SliceRing<Slice>

  constructor(span: Span) {
    this.#ring = new SliceRing(span, newSlice, restSlice)
  }

  /** Counts the latency of a success, or of so many alike, that ended at `at` (epoch ms); older than the span is dropped. */
  record(at: number, latencyMs: number, times = 1): void {
    const latency = this.#latencyAt(at)
    if (latency !== null) recordValue(latency, latencyMs, times)
  }

  /** Counts the latencies of successes that ended at `at`; older than the span is dropped. */
  recordAll(at: number, latencies: Histogram): void {
    const latency = this.#latencyAt(at)
    if (latency !== null) mergeHistogram(latency, latencies)
  }

  /** The 95th percentile of the span that ends at `now`, in ms, within 2 %; null without a success. */
  p95(now: number): number | null {
    return quantile(mergedHistogram(this.#ring.slicesAt(now).map(({ latency }) => latency)), 0.95)
  }

  /** How many successes the span that ends at `now` holds. */
  samples(now: number): number {
    return this.#ring.slicesAt(now).reduce((sum, { latency }) => sum + latency.count, 0)
  }

  #latencyAt(at: number): Histogram | null {
    const slice = this.#ring.sliceAt(at)
    return slice === null ? null : (slice.latency = wokenHistogram(slice.latency))
  }
}

/** The latency that a status is judged by: the last 5 min in slices of one minute. */
export const newSlidingLatency = (): SlidingLatency =>
  new SlidingLatency({ spanMs: 300_000, sliceMs: 60_000 })

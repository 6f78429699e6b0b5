import { mergedHistogram, mergeHistogram, newHistogram, quantile, recordValue } from './histogram.ts'
import type { Histogram } from './histogram.ts'
import { SliceRing, type Span } from './slice-ring.ts'

/** Latency of the successes of the recent past; how exact its left edge is, `SliceRing` says. */
export class SlidingLatency {
  readonly #ring: SliceRing<Histogram>

  constructor(span: Span) {
    this.#ring = new SliceRing(span, newHistogram)
  }

  /** Counts the latency of a success, or of so many alike, that ended at `at` (epoch ms); older than the span is dropped. */
  record(at: number, latencyMs: number, times = 1): void {
    const slice = this.#ring.sliceAt(at)
    if (slice !== null) recordValue(slice, latencyMs, times)
  }

  /** Counts the latencies of successes that ended at `at`; older than the span is dropped. */
  recordAll(at: number, latencies: Histogram): void {
    const slice = this.#ring.sliceAt(at)
    if (slice !== null) mergeHistogram(slice, latencies)
  }

  /** The 95th percentile of the span that ends at `now`, in ms, within 2 %; null without a success. */
  p95(now: number): number | null {
    return quantile(mergedHistogram(this.#ring.slicesAt(now)), 0.95)
  }

  /** How many successes the span that ends at `now` holds. */
  samples(now: number): number {
    return this.#ring.slicesAt(now).reduce((sum, { count }) => sum + count, 0)
  }
}

/** The latency that a status is judged by: the last 5 min in slices of one minute. */
export const newSlidingLatency = (): SlidingLatency =>
  new SlidingLatency({ spanMs: 300_000, sliceMs: 60_000 })

import { CountRing, type Counted } from './count-ring.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How coarse windows of more than an hour are, and the longest that there may be. */
export const COARSE_MS = 5 * MINUTE_MS
export const LONGEST_WINDOW_MS = 6 * HOUR_MS

/**
 * What calls came to in the last six hours. A window of up to an hour takes in the running minute and every minute that
 * ended less than its length ago: never less than the window, and at most a minute more. A longer one is as exact to five
 * minutes. Some 1.7 KB.
 */
export class MinuteCounts {
  readonly #fine = new CountRing({ spanMs: HOUR_MS, sliceMs: MINUTE_MS })
  readonly #coarse = new CountRing({ spanMs: LONGEST_WINDOW_MS, sliceMs: COARSE_MS })
  #firstMinute: number | null = null

  /** Counts calls that ended at `at` (epoch ms); older than six hours are dropped. */
  record(at: number, counts: Counted): void {
    this.#fine.record(at, counts)
    if (!this.#coarse.record(at, counts)) return
    const minute = Math.floor(at / MINUTE_MS)
    this.#firstMinute = Math.min(this.#firstMinute ?? minute, minute)
  }

  /** How many succeeded, failed, and were real traffic, in the window of `windowMs`, at most six hours, that ends at `now`. */
  countsIn(now: number, windowMs: number): Counted {
    return (windowMs <= HOUR_MS ? this.#fine : this.#coarse).countsIn(now, windowMs)
  }

  /** Since when there has been counting, epoch ms; null before the first call. */
  get countedSince(): number | null {
    return this.#firstMinute === null ? null : this.#firstMinute * MINUTE_MS
  }
}

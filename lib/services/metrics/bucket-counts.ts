/** A distribution as it stands: how many values were at most each bound, the last one being infinity, and their sum. */
export type Buckets = {
  atMost: readonly { boundMs: number; count: number }[]
  count: number
  sumMs: number
}

/** Counts of durations in fixed buckets, which only ever grow; one increment a value, and no memory but its own. */
export class BucketCounts {
  readonly #boundsMs: readonly number[]
  readonly #counts: Float64Array
  #sumMs = 0

  /** `boundsMs` ascend; what is above the last is counted too. */
  constructor(boundsMs: readonly number[]) {
    this.#boundsMs = boundsMs
    this.#counts = new Float64Array(boundsMs.length + 1)
  }

  /** Counts one duration; below 0 counts as 0, so that the sum never falls, and NaN not at all. */
  record(ms: number): void {
    if (Number.isNaN(ms)) return
    const bounds = this.#boundsMs
    let place = 0
    while (place < bounds.length && ms > (bounds[place] ?? Infinity)) place += 1
    this.#counts[place] = (this.#counts[place] ?? 0) + 1
    this.#sumMs += Math.max(0, ms)
  }

  /** All that was counted, as of now. */
  read(): Buckets {
    let count = 0
    const atMost = Array.from(this.#counts, (one, place) => {
      count += one
      return { boundMs: this.#boundsMs[place] ?? Infinity, count }
    })
    return { atMost, count, sumMs: this.#sumMs }
  }
}

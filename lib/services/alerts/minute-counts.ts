const MINUTE_MS = 60_000
/** The longest window that a rule may look back over, in minutes. */
const MINUTES = 360

/**
 * What calls came to, minute by minute over six hours. A window takes in the running minute and every minute that began
 * less than its length ago: never less than the window, and at most a minute more.
 */
export class MinuteCounts {
  readonly #ok = new Uint32Array(MINUTES + 1)
  readonly #failed = new Uint32Array(MINUTES + 1)
  readonly #traffic = new Uint32Array(MINUTES + 1)
  /** The newest minute, and the one that counting began in; counted from the epoch. */
  #newest = -1
  #first = -1

  /** Counts calls that ended at `at` (epoch ms); older than six hours are dropped. */
  record(at: number, counts: { ok: number; failed: number; traffic: number }): void {
    const minute = Math.floor(at / MINUTE_MS)
    this.#advance(minute)
    if (minute <= this.#newest - this.#ok.length) return
    const place = minute % this.#ok.length
    this.#first = Math.min(this.#first, minute)
    this.#ok[place] = (this.#ok[place] ?? 0) + counts.ok
    this.#failed[place] = (this.#failed[place] ?? 0) + counts.failed
    this.#traffic[place] = (this.#traffic[place] ?? 0) + counts.traffic
  }

  /** How many succeeded, failed, and were real traffic, in the window of `windowMs` that ends at `now`. */
  countsIn(now: number, windowMs: number): { ok: number; failed: number; traffic: number } {
    const last = Math.floor(now / MINUTE_MS)
    this.#advance(last)
    const from = Math.max(Math.floor((now - windowMs) / MINUTE_MS), this.#newest - MINUTES)
    const sum = { ok: 0, failed: 0, traffic: 0 }
    for (let minute = from; minute <= last; minute += 1) {
      const place = minute % this.#ok.length
      sum.ok += this.#ok[place] ?? 0
      sum.failed += this.#failed[place] ?? 0
      sum.traffic += this.#traffic[place] ?? 0
    }
    return sum
  }

  /** Since when there has been counting, epoch ms; null before the first call. */
  get countedSince(): number | null {
    return this.#first < 0 ? null : this.#first * MINUTE_MS
  }

  #advance(minute: number): void {
    if (this.#newest < 0) {
      this.#newest = minute
      this.#first = minute
      return
    }
    const length = this.#ok.length
    const from = Math.max(this.#newest + 1, minute - length + 1)
    for (let next = from; next <= minute; next += 1) {
      const place = next % length
      this.#ok[place] = 0
      this.#failed[place] = 0
      this.#traffic[place] = 0
    }
    this.#newest = Math.max(this.#newest, minute)
  }
}

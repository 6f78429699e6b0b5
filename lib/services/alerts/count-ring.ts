/** Calls that succeeded, that failed, and that were real traffic (which may have done either, or neither). */
export type Counted = { ok: number; failed: number; traffic: number }

const FIELDS = 3

/** Counts in slices of equal length that are aligned to the epoch; the oldest make room for the newest. */
export class CountRing {
  readonly #sliceMs: number
  readonly #slices: number
  /** Three numbers a slice in one array: there may be thousands of rings, and every array has a cost of its own. */
  readonly #counts: Uint32Array
  #newest = -1

  /** Looks back over `spanMs`, a multiple of `sliceMs`, and over what is left of the slice in which that begins. */
  constructor({ spanMs, sliceMs }: { spanMs: number; sliceMs: number }) {
    this.#sliceMs = sliceMs
    this.#slices = spanMs / sliceMs + 1
    this.#counts = new Uint32Array(FIELDS * this.#slices)
  }

  /** Counts calls that ended at `at`, epoch ms; says whether that was not too long ago to be kept. */
  record(at: number, { ok, failed, traffic }: Counted): boolean {
    const slice = Math.floor(at / this.#sliceMs)
    this.#advance(slice)
    if (slice <= this.#newest - this.#slices) return false
    const counts = this.#counts
    const place = FIELDS * (slice % this.#slices)
    counts[place] = (counts[place] ?? 0) + ok
    counts[place + 1] = (counts[place + 1] ?? 0) + failed
    counts[place + 2] = (counts[place + 2] ?? 0) + traffic
    return true
  }

  /** The sum of the slices that began, or went on, less than `windowMs` before `now`. */
  countsIn(now: number, windowMs: number): Counted {
    const last = Math.floor(now / this.#sliceMs)
    this.#advance(last)
    const counts = this.#counts
    const sum = { ok: 0, failed: 0, traffic: 0 }
    const first = Math.max(Math.floor((now - windowMs) / this.#sliceMs), this.#newest - this.#slices + 1)
    for (let slice = first; slice <= last; slice += 1) {
      const place = FIELDS * (slice % this.#slices)
      sum.ok += counts[place] ?? 0
      sum.failed += counts[place + 1] ?? 0
      sum.traffic += counts[place + 2] ?? 0
    }
    return sum
  }

  #advance(slice: number): void {
    if (slice <= this.#newest) return
    const from = Math.max(this.#newest + 1, slice - this.#slices + 1)
    if (this.#newest >= 0)
      for (let next = from; next <= slice; next += 1) {
        const place = FIELDS * (next % this.#slices)
        this.#counts.fill(0, place, place + FIELDS)
      }
    this.#newest = slice
  }
}

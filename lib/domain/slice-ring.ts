type Slice<T> = { index: number; value: T }

/** How a ring is cut: `spanMs` is a multiple of `sliceMs`. */
export type Span = { spanMs: number; sliceMs: number }

/**
 * Measurements of the recent past in slices aligned to UTC: the slice that is running and those before it
 * that began within `spanMs`. So it holds nothing older than `spanMs`, and all of the last `spanMs - sliceMs`.
 */
export class SliceRing<T> {
  readonly #sliceMs: number
  readonly #empty: () => T
  readonly #rest: (value: T) => void
  readonly #ring: (Slice<T> | null)[]

  /** `rest` is told of each slice when a newer one begins, after which it is seldom added to. */
  constructor({ spanMs, sliceMs }: Span, empty: () => T, rest: (value: T) => void = () => undefined) {
    this.#sliceMs = sliceMs
    this.#empty = empty
    this.#rest = rest
    this.#ring = Array.from({ length: spanMs / sliceMs }, () => null)
  }

  /** The slice that `at` (epoch ms) falls into, to be added to; null when it has left the ring. */
  sliceAt(at: number): T | null {
    const index = Math.floor(at / this.#sliceMs)
    const slot = index % this.#ring.length
    const held = this.#ring[slot] ?? null
    if (held?.index === index) return held.value
    if (held !== null && held.index > index) return null
    for (const older of this.#ring) if (older !== null && older.index < index) this.#rest(older.value)
    const value = this.#empty()
    this.#ring[slot] = { index, value }
    return value
  }

  /**
   * The slices of the span that ends at `now`, or of its last `lastMs`, in no order; those without a measurement are
   * left out.
   */
  slicesAt(now: number, lastMs = this.#ring.length * this.#sliceMs): T[] {
    const newest = Math.floor(now / this.#sliceMs)
    const oldest = newest - lastMs / this.#sliceMs
    const values: T[] = []
    for (const slice of this.#ring) {
      if (slice !== null && slice.index > oldest && slice.index <= newest) {
        values.push(slice.value)
      }
    }
    return values
  }
}

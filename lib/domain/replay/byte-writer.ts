const FIRST_SIZE = 256
const encoder = new TextEncoder()

/** Bytes that grow: whole numbers take a byte for each 7 bits, texts are UTF-8 with their length before them. */
export class ByteWriter {
  #bytes = new Uint8Array(FIRST_SIZE)
  #length = 0

  /** How many bytes were written. */
  get length(): number {
    return this.#length
  }

  /** One byte, 0 to 255. */
  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#length] = value
    this.#length += 1
  }

  /** A whole number from 0 to 2⁵³ − 1. */
  number(value: number): void {
    let rest = value
    // Not by shifting: times in ms do not fit the 32 bits of a shift.
    while (rest > 127) {
      this.byte((rest % 128) | 128)
      rest = Math.floor(rest / 128)
    }
    this.byte(rest)
  }

  /** A text. */
  text(value: string): void {
    this.block(encoder.encode(value))
  }

  /** Bytes, with their length before them. */
  block(bytes: Uint8Array): void {
    this.number(bytes.length)
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** A copy of what was written. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #reserve(more: number): void {
    const wanted = this.#length + more
    if (wanted <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(wanted, this.#bytes.length * 2))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

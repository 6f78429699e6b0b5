const decoder = new TextDecoder('utf-8', { fatal: true })

/** Reads what a ByteWriter wrote; throws where the bytes end too early or are no text. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Whether everything has been read. */
  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  /** One byte. */
  byte(): number {
    const value = this.#bytes[this.#at]
    if (value === undefined) throw new RangeError('The packed bytes end too early.')
    this.#at += 1
    return value
  }

  /** A whole number. */
  number(): number {
    let byte = this.byte()
    let value = byte & 127
    for (let scale = 128; byte > 127; scale *= 128) {
      byte = this.byte()
      value += (byte & 127) * scale
    }
    return value
  }

  /** A text. */
  text(): string {
    return decoder.decode(this.block())
  }

  /** Bytes with their length before them, not copied. */
  block(): Uint8Array {
    const length = this.number()
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('The packed bytes end too early.')
    const bytes = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return bytes
  }
}

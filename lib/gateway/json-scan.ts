/** Where a value stands in the body: offsets of its first byte and of the byte after its last. */
export type Span = { start: number; end: number }

/** The top-level fields that routing reads. */
export const SCANNED_FIELDS = ['model', 'stream', 'user', 'metadata'] as const
export type ScannedField = (typeof SCANNED_FIELDS)[number]

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

const ENDS: ReadonlySet<number> = new Set([COMMA, CLOSE_BRACE, CLOSE_BRACKET])

/** The longest key that is kept: `metadata` with each letter written as an escape. */
const MAX_KEY_BYTES = 48

type State =
  | 'start'
  | 'first_key'
  | 'next_key'
  | 'key'
  | 'colon'
  | 'value'
  | 'string'
  | 'nested'
  | 'nested_string'
  | 'bare'
  | 'after_value'
  | 'done'
  | 'broken'

/** Where the next byte that is no white space leads, between keys and values; any other breaks the object. */
const BETWEEN: Partial<Readonly<Record<State, Readonly<Record<number, State>>>>> = {
  start: { [OPEN_BRACE]: 'first_key' },
  first_key: { [QUOTE]: 'key', [CLOSE_BRACE]: 'done' },
  next_key: { [QUOTE]: 'key' },
  colon: { [COLON]: 'value' },
  after_value: { [COMMA]: 'next_key', [CLOSE_BRACE]: 'done' },
}

const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

const FIELDS: ReadonlySet<string> = new Set(SCANNED_FIELDS)
const isScanned = (name: string): name is ScannedField => FIELDS.has(name)

/**
 * Finds top-level fields of a JSON object that arrives in pieces, cut anywhere, and keeps nothing of it but their
 * offsets. It checks the outline, not the grammar inside values.
 */
export class JsonScan {
  readonly spans: Partial<Record<ScannedField, Span>> = {}
  /** A scanned field that was there twice: which one counts would depend on who reads it. */
  duplicate: ScannedField | null = null
  private state: State = 'start'
  private offset = 0
  private isEscaped = false
  private depth = 0
  private key: number[] = []
  private field: ScannedField | null = null
  private valueStart = 0

  /** Whether the object is closed and nothing but white space follows. */
  get isWhole(): boolean {
    return this.state === 'done'
  }

  /** Whether no continuation can make an object of it. */
  get isBroken(): boolean {
    return this.state === 'broken'
  }

  /** Reads on. */
  push(chunk: Uint8Array): void {
    const { length } = chunk
    let index = 0
    while (index < length && this.state !== 'broken') {
      if (this.state === 'string' || this.state === 'nested_string') index = this.skipString(chunk, index)
      else if (this.state === 'nested') index = this.skipNested(chunk, index)
      else {
        this.step(chunk[index] ?? 0, this.offset + index)
        index += 1
      }
    }
    this.offset += length
  }

  /** Goes to the byte after the string's end, or to the end of the piece. */
  private skipString(chunk: Uint8Array, from: number): number {
    const { length } = chunk
    let isEscaped = this.isEscaped
    for (let index = from; index < length; index += 1) {
      if (isEscaped) {
        isEscaped = false
        continue
      }
      const byte = chunk[index]
      if (byte === BACKSLASH) isEscaped = true
      else if (byte === QUOTE) {
        this.isEscaped = false
        if (this.state === 'string') this.endValue(this.offset + index + 1)
        else this.state = 'nested'
        return index + 1
      }
    }
    this.isEscaped = isEscaped
    return length
  }

  /** Goes to the byte after the next quote or after the end of the value, or to the end of the piece. */
  private skipNested(chunk: Uint8Array, from: number): number {
    const { length } = chunk
    for (let index = from; index < length; index += 1) {
      const byte = chunk[index]
      if (byte === QUOTE) {
        this.state = 'nested_string'
        return index + 1
      }
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.depth += 1
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.depth -= 1
        if (this.depth > 0) continue
        this.endValue(this.offset + index + 1)
        return index + 1
      }
    }
    return length
  }

  private step(byte: number, at: number): void {
    if (this.state === 'key') this.readKey(byte)
    else if (this.state === 'bare') this.readBare(byte, at)
    else if (this.state === 'value') this.beginValue(byte, at)
    else this.readBetween(byte)
  }

  private readBetween(byte: number): void {
    if (isSpace(byte)) return
    this.state = BETWEEN[this.state]?.[byte] ?? 'broken'
    if (this.state === 'key') this.key = []
  }

  private readKey(byte: number): void {
    if (!this.isEscaped && byte === QUOTE) {
      this.field = this.fieldOfKey()
      this.state = 'colon'
      return
    }
    this.isEscaped = !this.isEscaped && byte === BACKSLASH
    if (this.key.length <= MAX_KEY_BYTES) this.key.push(byte)
  }

  /** Which field the key names, escapes undone; a key that is not a string of JSON names none. */
  private fieldOfKey(): ScannedField | null {
    if (this.key.length > MAX_KEY_BYTES) return null
    let name = String.fromCharCode(...this.key)
    if (name.includes('\\')) {
      try {
        name = JSON.parse(`"${name}"`) as string
      } catch {
        return null
      }
    }
    return isScanned(name) ? name : null
  }

  private beginValue(byte: number, at: number): void {
    if (isSpace(byte)) return
    this.valueStart = at
    if (byte === QUOTE) this.state = 'string'
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      this.state = 'nested'
      this.depth = 1
    } else this.state = ENDS.has(byte) ? 'broken' : 'bare'
  }

  /** A number, true, false or null ends before the byte that cannot be part of it. */
  private readBare(byte: number, at: number): void {
    if (byte !== COMMA && byte !== CLOSE_BRACE && !isSpace(byte)) return
    this.endValue(at)
    this.readBetween(byte)
  }

  private endValue(end: number): void {
    this.state = 'after_value'
    const { field } = this
    if (field === null) return
    if (this.spans[field] !== undefined) this.duplicate ??= field
    this.spans[field] = { start: this.valueStart, end }
    this.field = null
  }
}

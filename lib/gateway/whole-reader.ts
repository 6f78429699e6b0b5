import type { RawResult } from '#lib/domain/raw-result.ts'
import type { ApiShape, BodyReading } from './apis/api-shape.ts'
import type { AnswerReader, AttemptResult } from './attempt-result.ts'

type Told = Pick<AttemptResult, 'failure' | 'error' | 'usage' | 'body'>

/** What a reader needs of its attempt. */
export type WholeParts = {
  shape: ApiShape
  holdBytes: number
  /** How long nothing may have come at all; null: as long as the request may take. */
  firstByteMs: number | null
  stallMs: number
  /** Since when an answer is owed. */
  startedAt: () => number
  now: () => number
  /** Begins the client's answer. */
  commit: () => void
  /** Sends the client a piece; the attempt is paused while the client does not read. */
  forward: (chunk: Buffer) => void
  isPaused: () => boolean
  over: (told: Told) => void
}

const CLOSE_BRACE = 0x7d
/** So much of a large answer's end is kept, for the usage that stands there. */
const TAIL_BYTES = 4_096

const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/**
 * Takes in a good answer that is no stream. It is held back until it is whole, so that a broken one, or an error in a
 * good one's clothes, can still be asked for elsewhere; a larger one is passed on as it comes.
 */
export class WholeReader implements AnswerReader {
  usage: RawResult['usage'] = null
  readonly pieces = 0
  readonly firstTokenAt = null
  private readonly parts: WholeParts
  private held: Buffer[] | null = []
  private bytes = 0
  /** When the last byte came; null while there was nothing but white space, which some send to keep connections open. */
  private lastByteAt: number | null = null
  private lastByte = 0
  private tail: Buffer = Buffer.alloc(0)

  constructor(parts: WholeParts) {
    this.parts = parts
  }

  onData(chunk: Buffer): void {
    const last = chunk.findLast((byte) => !isSpace(byte))
    if (last !== undefined) {
      this.lastByte = last
      this.lastByteAt = this.parts.now()
    }
    if (this.held === null) return this.pass(chunk)
    this.held.push(chunk)
    this.bytes += chunk.length
    if (this.bytes <= this.parts.holdBytes) return
    const { held } = this
    this.held = null
    this.parts.commit()
    for (const piece of held) this.pass(piece)
  }

  onEnd(): void {
    if (this.held === null) return this.endLarge()
    const [first] = this.held
    const body = this.held.length === 1 && first !== undefined ? first : Buffer.concat(this.held)
    const reading = readText(body.toString('utf8'), this.parts.shape)
    this.usage = reading.usage
    if (reading.error !== null)
      this.tell({ kind: 'error_body', message: reading.error.message ?? '' }, reading.error)
    else if (reading.problem !== null) this.tell({ kind: 'bad_body', message: reading.problem })
    else this.parts.over({ failure: null, error: null, usage: reading.usage, body })
  }

  onFailure(failure: NonNullable<RawResult['failure']>): void {
    this.tell(failure)
  }

  sweep(now: number): void {
    const { firstByteMs, stallMs, startedAt, isPaused } = this.parts
    if (isPaused()) return
    if (this.lastByteAt === null) {
      if (firstByteMs !== null && now - startedAt() >= firstByteMs)
        this.tell({ kind: 'stalled', message: `nothing of the answer within ${firstByteMs / 1_000} s` })
    } else if (now - this.lastByteAt >= stallMs)
      this.tell({ kind: 'stalled', message: `answer stood still for ${stallMs / 1_000} s` })
  }

  onRead(now: number): void {
    this.lastByteAt = now
  }

  isWhole(): boolean {
    return false
  }

  private pass(chunk: Buffer): void {
    this.tail = Buffer.concat([this.tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES)
    this.parts.forward(chunk)
  }

  /** Of a large answer only its end can be looked at. */
  private endLarge(): void {
    this.usage = usageAtEnd(this.tail.toString('utf8'), this.parts.shape)
    if (this.lastByte === CLOSE_BRACE)
      this.parts.over({ failure: null, error: null, usage: this.usage, body: null })
    else this.tell({ kind: 'body_broken', message: 'answer ends before its JSON does' })
  }

  private tell(failure: NonNullable<RawResult['failure']>, error: AttemptResult['error'] = null): void {
    this.parts.over({ failure, error, usage: this.usage, body: null })
  }
}

function readText(text: string, shape: ApiShape): BodyReading {
  try {
    return shape.readBody(JSON.parse(text))
  } catch {
    const problem = text.trim() === '' ? 'answer is empty' : 'answer is not JSON'
    return { problem, error: null, usage: null }
  }
}

/** The usage that stands among the last fields of an answer's object; null where it does not, or is cut. */
function usageAtEnd(tail: string, shape: ApiShape): RawResult['usage'] {
  const at = tail.lastIndexOf('"usage"')
  if (at === -1) return null
  try {
    // What follows is an object's rest only where `usage` is a field of the answer itself.
    const rest = JSON.parse(`{${tail.slice(at)}`) as { usage: unknown }
    return shape.readUsage(rest.usage)
  } catch {
    return null
  }
}

import type { RawResult } from '#lib/domain/raw-result.ts'
import type { ApiShape, BodyReading } from './apis/api-shape.ts'
import type { AnswerReader, AttemptResult, ReaderOwner, ReaderParts } from './attempt-result.ts'

const CLOSE_BRACE = 0x7d
/** So much of a large answer's end is kept, for the usage that stands there. */
const TAIL_BYTES = 4_096

const isNoSpace = (byte: number) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09
const NOTHING = Buffer.alloc(0)

/**
 * Takes in a good answer that is no stream. It is held back until it is whole, so that a broken one, or an error in a
 * good one's clothes, can still be asked for elsewhere; a larger one is passed on as it comes.
 */
export class WholeReader implements AnswerReader {
  usage: RawResult['usage'] = null
  readonly pieces = 0
  readonly firstTokenAt = null
  private readonly owner: ReaderOwner
  private readonly parts: ReaderParts
  private held: Buffer[] | null = []
  private bytes = 0
  /** When the last byte came; null while there was nothing but white space, which some send to keep connections open. */
  private lastByteAt: number | null = null
  private lastByte = 0
  private tail: Buffer = NOTHING

  constructor(owner: ReaderOwner, parts: ReaderParts) {
    this.owner = owner
    this.parts = parts
  }

  onData(chunk: Buffer): void {
    const last = chunk.findLast(isNoSpace)
    if (last !== undefined) {
      this.lastByte = last
      this.lastByteAt = this.parts.now()
    }
    if (this.held === null) return this.pass(chunk)
    // Most answers come in one piece, and a list of one is smaller than one that has begun to grow.
    if (this.held.length === 0) this.held = [chunk]
    else this.held.push(chunk)
    this.bytes += chunk.length
    if (this.bytes <= this.parts.gateway.holdBytes) return
    const { held } = this
    this.held = null
    this.owner.commit()
    for (const piece of held) this.pass(piece)
  }

  onEnd(): void {
    if (this.held === null) return this.endLarge()
    const [first] = this.held
    const body = this.held.length === 1 && first !== undefined ? first : Buffer.concat(this.held)
    const latin1 = body.toString('latin1')
    const reading = readBody(body, latin1, this.parts.shape)
    this.usage = reading.usage
    if (reading.error !== null)
      this.tell({ kind: 'error_body', message: reading.error.message ?? '' }, reading.error)
    else if (reading.problem !== null) this.tell({ kind: 'bad_body', message: reading.problem })
    else this.owner.over({ failure: null, error: null, usage: reading.usage, body, latin1 })
  }

  onFailure(failure: NonNullable<RawResult['failure']>): void {
    this.tell(failure)
  }

  sweep(now: number): void {
    if (this.owner.isPaused) return
    const { wantsStream, limits } = this.parts
    const { firstTokenMs, stallMs } = limits
    if (this.lastByteAt === null) {
      // Who asked for no stream may have to wait for as long as the request may take.
      if (wantsStream && now - this.owner.owedSince() >= firstTokenMs)
        this.tell({ kind: 'stalled', message: `nothing of the answer within ${firstTokenMs / 1_000} s` })
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
    this.owner.forward(chunk)
  }

  /** Of a large answer only its end can be looked at. */
  private endLarge(): void {
    this.usage = usageAtEnd(this.tail.toString('utf8'), this.parts.shape)
    if (this.lastByte === CLOSE_BRACE)
      this.owner.over({ failure: null, error: null, usage: this.usage, body: null, latin1: null })
    else this.tell({ kind: 'body_broken', message: 'answer ends before its JSON does' })
  }

  private tell(failure: NonNullable<RawResult['failure']>, error: AttemptResult['error'] = null): void {
    this.owner.over({ failure, error, usage: this.usage, body: null, latin1: null })
  }
}

/**
 * What a body says. It is read a letter for each byte, which is cheaper and tells the same: JSON's own letters are
 * ASCII. Only what is shown of an error needs its words.
 */
function readBody(body: Buffer, latin1: string, shape: ApiShape): BodyReading {
  try {
    const reading = shape.readBody(JSON.parse(latin1))
    return reading.error === null ? reading : shape.readBody(JSON.parse(body.toString('utf8')))
  } catch {
    const problem = body.toString('utf8').trim() === '' ? 'answer is empty' : 'answer is not JSON'
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

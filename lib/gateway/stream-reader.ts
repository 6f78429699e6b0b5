import type { ErrorAnswer } from '#lib/domain/error-answer.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { Usage } from './apis/api-shape.ts'
import type { AnswerReader, AttemptResult, ReaderOwner, ReaderParts } from './attempt-result.ts'
import { HeldFrames } from './held-frames.ts'
import { type SseFrame, SseParser } from './sse-parser.ts'

/**
 * Takes in a stream of events. Until the model has said something everything is held back, so that the request can
 * still be sent elsewhere; from then on whole events are passed on as they come.
 */
export class StreamReader implements AnswerReader {
  firstTokenAt: number | null = null
  pieces = 0
  private readonly owner: ReaderOwner
  private readonly parts: ReaderParts
  private readonly parser = new SseParser((frame) => this.onFrame(frame))
  private readonly frames: HeldFrames
  private counts: Partial<Usage> = {}
  private lastTokenAt: number
  private isCommitted = false
  private isFinished = false
  private isEnded = false
  private hasFrames = false
  private error: ErrorAnswer | null = null

  constructor(owner: ReaderOwner, parts: ReaderParts) {
    this.owner = owner
    this.parts = parts
    this.lastTokenAt = owner.owedSince()
    this.frames = new HeldFrames((chunk) => owner.forward(chunk))
  }

  get usage(): RawResult['usage'] {
    const { inputTokens, outputTokens } = this.counts
    return inputTokens === undefined || outputTokens === undefined ? null : { inputTokens, outputTokens }
  }

  /** Whether an event was sent to the client in part. */
  get isMidFrame(): boolean {
    return this.frames.isMidFrame
  }

  onData(chunk: Buffer): void {
    this.frames.take(chunk, this.parser.push(chunk))
    if (this.mustCommit()) this.commit()
    if (this.isCommitted) this.frames.release(this.parts.gateway.holdFrameBytes)
    const error = this.error
    if (error !== null) this.tell({ kind: 'error_body', message: error.message ?? '' }, error)
  }

  onEnd(): void {
    const isHalf = !this.isEnded && this.endsHalf()
    if (this.isEnded || (this.isFinished && !isHalf)) return this.endWell()
    this.tell(
      this.hasFrames || isHalf
        ? {
            kind: 'body_broken',
            message: isHalf ? 'stream broke off within an event' : 'stream ended before it was complete',
          }
        : { kind: 'bad_body', message: 'stream is empty' },
    )
  }

  onFailure(failure: NonNullable<RawResult['failure']>): void {
    if (this.isEnded) this.endWell()
    else this.tell(failure)
  }

  sweep(now: number): void {
    if (this.owner.isPaused) return
    const { limits, gateway } = this.parts
    const { firstTokenMs, stallMs } = limits
    if (this.isEnded) {
      if (now - this.lastTokenAt >= gateway.afterEndMs) this.endWell()
    } else if (this.firstTokenAt === null && !this.isCommitted) {
      if (now - this.owner.owedSince() >= firstTokenMs)
        this.tell({ kind: 'stalled', message: `no token within ${firstTokenMs / 1_000} s` })
    } else if (now - this.lastTokenAt >= stallMs)
      this.tell({ kind: 'stalled', message: `no token for ${stallMs / 1_000} s` })
  }

  onRead(now: number): void {
    this.lastTokenAt = now
  }

  isWhole(): boolean {
    return this.isEnded
  }

  private readonly onFrame = (frame: SseFrame): void => {
    if (this.error !== null || this.isEnded) return
    this.hasFrames = true
    const reading = this.parts.shape.readFrame(frame)
    if (reading.usage !== null) this.counts = { ...this.counts, ...reading.usage }
    if (reading.type === 'error') this.error = reading.error ?? { code: null, message: null }
    else if (reading.type !== 'idle') this.progress(reading.type)
  }

  /** Whether the last event is not whole. One that lacks but the blank line is: not all servers write it at the end. */
  private endsHalf(): boolean {
    const { isMidFrame } = this.parser
    const last = this.parser.takeLast()
    if (last === null) return isMidFrame
    if (this.parts.shape.readFrame(last).type === 'error') return true
    this.onFrame(last)
    return false
  }

  private progress(type: 'token' | 'finish' | 'step' | 'end'): void {
    if (type === 'token') this.pieces += 1
    if (type === 'end') this.isEnded = true
    else if (type === 'finish') this.isFinished = true
    this.lastTokenAt = this.parts.now()
    if (type !== 'step') this.firstTokenAt ??= this.lastTokenAt
  }

  private mustCommit(): boolean {
    if (this.isCommitted) return false
    if (this.firstTokenAt !== null) return true
    return this.error === null && this.frames.bytes > this.parts.gateway.holdBytes
  }

  private commit(): void {
    this.isCommitted = true
    this.owner.commit()
  }

  private endWell(): void {
    if (!this.isCommitted) this.commit()
    this.frames.releaseAll()
    this.owner.over({ failure: null, error: null, usage: this.usage, body: null, latin1: null })
  }

  private tell(failure: NonNullable<RawResult['failure']>, error: AttemptResult['error'] = null): void {
    this.owner.over({ failure, error, usage: this.usage, body: null, latin1: null })
  }
}

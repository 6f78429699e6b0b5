import { readErrorAnswer } from '#lib/domain/error-answer.ts'
import type { AnswerReader, ReaderOwner, ReaderParts } from './attempt-result.ts'

/**
 * Takes in an error answer. It speaks by its status, also where its body broke off, stands still, or is too large to be
 * passed on.
 */
export class ErrorReader implements AnswerReader {
  readonly usage = null
  readonly pieces = 0
  readonly firstTokenAt = null
  private readonly owner: ReaderOwner
  private readonly parts: ReaderParts
  private chunks: Buffer[] = []
  private bytes = 0
  private lastByteAt: number

  constructor(owner: ReaderOwner, parts: ReaderParts) {
    this.owner = owner
    this.parts = parts
    this.lastByteAt = parts.now()
  }

  onData(chunk: Buffer): void {
    this.lastByteAt = this.parts.now()
    this.bytes += chunk.length
    if (this.bytes > this.parts.gateway.holdBytes) return this.tell(null)
    this.chunks.push(chunk)
  }

  onEnd(): void {
    this.tell(Buffer.concat(this.chunks))
  }

  onFailure(): void {
    this.tell(null)
  }

  sweep(now: number): void {
    if (now - this.lastByteAt >= this.parts.limits.stallMs) this.tell(null)
  }

  onRead(): void {
    // Nothing of it is sent before it is whole.
  }

  isWhole(): boolean {
    return false
  }

  private tell(body: Buffer | null): void {
    const text = Buffer.concat(this.chunks).toString('utf8')
    this.owner.over({ failure: null, error: readErrorAnswer(text), usage: null, body, latin1: null })
  }
}

import { readErrorAnswer } from '#lib/domain/error-answer.ts'
import type { AnswerReader, AttemptResult } from './attempt-result.ts'

type Told = Pick<AttemptResult, 'failure' | 'error' | 'usage' | 'body'>

/** What the reader of an error needs of its attempt. */
type ErrorParts = { holdBytes: number; stallMs: number; now: () => number; over: (told: Told) => void }

/**
 * Takes in an error answer. It speaks by its status, also where its body broke off, stands still, or is too large to be
 * passed on.
 */
export class ErrorReader implements AnswerReader {
  readonly usage = null
  readonly pieces = 0
  readonly firstTokenAt = null
  private readonly parts: ErrorParts
  private chunks: Buffer[] = []
  private bytes = 0
  private lastByteAt: number

  constructor(parts: ErrorParts) {
    this.parts = parts
    this.lastByteAt = parts.now()
  }

  onData(chunk: Buffer): void {
    this.lastByteAt = this.parts.now()
    this.bytes += chunk.length
    if (this.bytes > this.parts.holdBytes) return this.tell(null)
    this.chunks.push(chunk)
  }

  onEnd(): void {
    this.tell(Buffer.concat(this.chunks))
  }

  onFailure(): void {
    this.tell(null)
  }

  sweep(now: number): void {
    if (now - this.lastByteAt >= this.parts.stallMs) this.tell(null)
  }

  onRead(): void {
    // Nothing of it is sent before it is whole.
  }

  isWhole(): boolean {
    return false
  }

  private tell(body: Buffer | null): void {
    const text = Buffer.concat(this.chunks).toString('utf8')
    this.parts.over({ failure: null, error: readErrorAnswer(text), usage: null, body })
  }
}

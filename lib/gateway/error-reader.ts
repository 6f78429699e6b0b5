import { readErrorAnswer } from '#lib/domain/error-answer.ts'
import type { AnswerReader, AttemptResult } from './attempt-result.ts'

type Told = Pick<AttemptResult, 'failure' | 'error' | 'usage' | 'body'>

/** Takes in an error answer. It speaks by its status, also where its body broke off or is too large to be passed on. */
export class ErrorReader implements AnswerReader {
  readonly usage = null
  readonly firstTokenAt = null
  private readonly maxBytes: number
  private readonly over: (told: Told) => void
  private chunks: Buffer[] = []
  private bytes = 0

  constructor(maxBytes: number, over: (told: Told) => void) {
    this.maxBytes = maxBytes
    this.over = over
  }

  onData(chunk: Buffer): void {
    this.bytes += chunk.length
    if (this.bytes > this.maxBytes) return this.tell(null)
    this.chunks.push(chunk)
  }

  onEnd(): void {
    this.tell(Buffer.concat(this.chunks))
  }

  onFailure(): void {
    this.tell(null)
  }

  sweep(): void {
    // Whatever it still has to say, the deadline of the request ends it.
  }

  onRead(): void {
    // Nothing of it is sent before it is whole.
  }

  isWhole(): boolean {
    return false
  }

  private tell(body: Buffer | null): void {
    const text = Buffer.concat(this.chunks).toString('utf8')
    this.over({ failure: null, error: readErrorAnswer(text), usage: null, body })
  }
}

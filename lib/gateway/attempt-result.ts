import type { ErrorAnswer } from '#lib/domain/error-answer.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { HeaderFields } from '#lib/services/ports.ts'

/** What one attempt came to. With neither a failure nor an error status it went well. */
export type AttemptResult = {
  status: number | null
  headers: HeaderFields
  failure: RawResult['failure']
  /** What an error answer, or an error inside a good one, says; not yet redacted. */
  error: ErrorAnswer | null
  usage: RawResult['usage']
  /** Pieces that the model said in a stream, each about a token; 0 where it was none. */
  pieces: number
  /** An answer that is kept whole: a good one that is not sent yet, or an error's. */
  body: Buffer | null
}

/** What takes in the body of an answer. Each says once what it came to. */
export type AnswerReader = {
  onData: (chunk: Buffer) => void
  onEnd: () => void
  /** The connection broke off. */
  onFailure: (failure: NonNullable<RawResult['failure']>) => void
  /** Looks at the deadlines of the answer itself; `isPaused`: the client is not reading, so nothing is the provider's fault. */
  sweep: (now: number) => void
  /** The client reads again after a pause. */
  onRead: (now: number) => void
  /** Whether all that the client was promised has been said. */
  isWhole: () => boolean
  readonly usage: RawResult['usage']
  readonly pieces: number
  readonly firstTokenAt: number | null
}

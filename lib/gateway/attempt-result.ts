import type { ErrorAnswer } from '#lib/domain/error-answer.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { HeaderFields } from '#lib/services/ports.ts'
import type { ApiShape } from './apis/api-shape.ts'
import type { GatewayLimits } from './limits.ts'

/** What an attempt may take, in ms. */
export type AttemptLimits = { firstTokenMs: number; stallMs: number; timeoutMs: number }

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
  /** The same with a letter for each byte, where it has been made of it. */
  latin1: string | null
}

/** What a reader tells of an answer; the rest its attempt knows. */
export type Told = Omit<AttemptResult, 'status' | 'headers' | 'pieces'>

/** The attempt that a reader takes an answer in for. */
export type ReaderOwner = {
  /** The client is not reading, so nothing is the provider's fault. */
  readonly isPaused: boolean
  /** Since when an answer is owed, fleet time. */
  owedSince: () => number
  /** Begins the client's answer. */
  commit: () => void
  /** Sends the client a piece; the attempt is paused while the client does not read. */
  forward: (chunk: Buffer) => void
  over: (told: Told) => void
}

/** What a reader goes by. */
export type ReaderParts = {
  shape: ApiShape
  limits: AttemptLimits
  gateway: GatewayLimits
  /** Whether the client asked for a stream. */
  wantsStream: boolean
  now: () => number
}

/** What takes in the body of an answer. Each says once what it came to. */
export type AnswerReader = {
  onData: (chunk: Buffer) => void
  onEnd: () => void
  /** The connection broke off. */
  onFailure: (failure: NonNullable<RawResult['failure']>) => void
  /** Looks at the deadlines of the answer itself. */
  sweep: (now: number) => void
  /** The client reads again after a pause. */
  onRead: (now: number) => void
  /** Whether all that the client was promised has been said. */
  isWhole: () => boolean
  readonly usage: RawResult['usage']
  readonly pieces: number
  readonly firstTokenAt: number | null
}

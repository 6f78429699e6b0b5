import type { ErrorKind, Phases } from './outcome.ts'

/** What a call to a provider saw, before anybody judged it. Never contains secrets. */
export type RawResult = {
  startedAt: number
  endedAt: number
  phases: Phases
  /** Null when no answer arrived. */
  httpStatus: number | null
  /** Answer headers that matter for Retry-After and rate limits, lower-case. */
  headers: Readonly<Record<string, string>>
  /** What went wrong on the way, or with a good answer's body; null when an answer arrived whole, whatever its status. */
  failure: { kind: ErrorKind; message: string } | null
  /** For an error answer: the provider's own error code or type, such as `insufficient_quota`. */
  errorCode: string | null
  /** One line of the provider's error message, at most 200 characters, redacted. */
  excerpt: string | null
  /** Tokens a completion used, where the answer says. */
  usage: { inputTokens: number; outputTokens: number } | null
  /** The status is the one the probe was told to expect: a success, whatever it says. */
  statusExpected?: boolean
}

import type { Problem } from '#lib/contract/monitor.ts'

/** Why a request to our own server gave no answer: it could not be reached, it refused, or it answered nonsense. */
export type RequestFailure = 'unreachable' | 'refused' | 'unreadable'

/** A request that failed, with what the server said about it. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly failure: RequestFailure
  /** Null when no answer arrived. */
  readonly status: number | null
  readonly problem: Problem | null
  /** How long the server wants us to wait before asking again, s; null when it does not say. */
  readonly retryAfterSeconds: number | null

  constructor(
    failure: RequestFailure,
    message: string,
    more: {
      status?: number
      problem?: Problem | null
      retryAfterSeconds?: number | null
      cause?: unknown
    } = {},
  ) {
    super(message, { cause: more.cause })
    this.failure = failure
    this.status = more.status ?? null
    this.problem = more.problem ?? null
    this.retryAfterSeconds = more.retryAfterSeconds ?? null
  }
}

/** Matches by shape, since two bundles may hold two copies of the class. */
export const isRequestError = (error: unknown): error is RequestError =>
  error instanceof Error && error.name === 'RequestError' && 'failure' in error

/** What a panel says of a failed request: words, and the id to find it by in the server's log; null for no error. */
export function failureFacts(error: Error | null): { text: string; requestId: string | null } | null {
  if (error === null) return null
  return { text: error.message, requestId: isRequestError(error) ? (error.problem?.requestId ?? null) : null }
}

import { STATUS_CODES } from 'node:http'
import type { Problem } from '#lib/contract/monitor.ts'
import { AppError, type ErrorCode, isAppError } from '#lib/domain/errors.ts'

/** The HTTP status of each refusal; a new code does not compile until it has one. */
export const STATUS_OF = {
  malformed: 400,
  invalid_input: 422,
  not_found: 404,
  conflict: 409,
  unauthenticated: 401,
  forbidden: 403,
  rate_limited: 429,
  unavailable: 503,
  too_large: 413,
  internal: 500,
} as const satisfies Record<ErrorCode, number>

/** What a caller is told of an error nobody expected; the log has the rest. */
const FIXED_SENTENCE =
  'Something went wrong inside Switchyard. The log has the details under this request id.'

/** Any thrown value as an `AppError`; one that is none becomes `internal` with the value as its cause. */
export const toAppError = (error: unknown): AppError =>
  isAppError(error) ? error : new AppError('internal', FIXED_SENTENCE, { cause: error })

/** An error as problem details; its facts (such as the current version) are members beside the standard ones. */
export function problemOf(error: AppError, requestId: string): Problem {
  const errors = error.fields.map(({ path, message }) => ({ path, message }))
  return {
    ...error.facts,
    ...plainProblem({
      status: STATUS_OF[error.code],
      type: `urn:switchyard:problem:${error.code}`,
      detail: error.code === 'internal' ? FIXED_SENTENCE : error.message,
      requestId,
    }),
    ...(errors.length > 0 ? { errors } : {}),
  }
}

/** Problem details without field errors; the title is the status's own. */
export function plainProblem(facts: {
  status: number
  type?: string
  detail: string
  requestId: string
}): Problem {
  const { status, type = 'about:blank', detail, requestId } = facts
  return { type, title: STATUS_CODES[status] ?? 'Error', status, detail, requestId }
}

/** The answer that carries a problem; where it tells the seconds to wait, clients find them in `Retry-After` too. */
export function problemResponse(problem: Problem & { retryAfterSeconds?: unknown }): Response {
  const { status, requestId, retryAfterSeconds } = problem
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...(typeof retryAfterSeconds === 'number' ? { 'retry-after': String(retryAfterSeconds) } : {}),
    },
  })
}

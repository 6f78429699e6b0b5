import type { OutcomeClass, Verdict } from '#lib/domain/outcome.ts'
import type { Selection } from '#lib/domain/routing/decision.ts'
import type { HeaderFields } from '#lib/services/ports.ts'
import { retryAfter } from './error-answer.ts'
import { gatewayError, type GatewayError } from './errors.ts'
import type { AttemptResult } from './attempt-result.ts'

/** A provider's error answer that is passed on as it is; `extra` are headers that it lacks. */
export type PassedAnswer = { status: number; headers: HeaderFields; body: Buffer; extra: string[] }

/** The last attempt that was made, judged. */
export type Last = { verdict: Verdict; result: AttemptResult }

type Known = {
  /** Null where no attempt was made. */
  last: Last | null
  /** The newest selection: where it chose nobody it says why, and when somebody may be back. */
  selection: Selection | null
  attempts: number
  now: number
  /** What is served over the API that was called, in words. */
  served: () => string
}

/**
 * What a client is told when no attempt had an answer for it. A provider's own error is passed on, save for what it says
 * about our key, which is none of the client's business.
 */
export function finalAnswer(known: Known): PassedAnswer | GatewayError {
  const returnsMs = returnsIn(known)
  if (known.last === null) return nobodyError(known, returnsMs)
  const { verdict, result } = known.last
  if (verdict.class === 'credentials')
    return gatewayError(
      'provider_credentials',
      'The provider refused its key or has no credit left; an operator of this gateway must mend it.',
    )
  if (verdict.kind === 'refused_by_policy')
    return gatewayError(
      'provider_not_allowed',
      'The provider is at an address that this gateway may not call; an operator must mend it.',
    )
  const passed = passedAnswer(result)
  return passed === null
    ? failedError(verdict, known.attempts, returnsMs ?? verdict.retryAfterMs)
    : withWait(passed, { returnsMs, askedMs: verdict.retryAfterMs })
}

/** How a request ends for its client that is told this: who asks for what nobody has is to blame alone. */
export function endClassOf(final: PassedAnswer | GatewayError, last: Last | null): OutcomeClass {
  if (last !== null) return last.verdict.class
  return 'code' in final && final.code === 'model_not_found' ? 'client_error' : 'provider_error'
}

/** Where nobody was ever going to take it, there is nothing to wait for. */
function nobodyError({ selection, served }: Known, returnsMs: number | null): GatewayError {
  const reason = selection?.reason ?? 'No provider may take this request now.'
  return selection !== null && isServedByNobody(selection)
    ? gatewayError('model_not_found', `No provider takes this model here: ${reason}. Served: ${served()}.`)
    : gatewayError('no_provider', reason, returnsMs)
}

const isServedByNobody = ({ candidates }: Selection): boolean =>
  candidates.length > 0 && candidates.every(({ drop }) => drop === 'model_not_served')

/** How long until a provider may be back, where the newest selection found none. */
function returnsIn({ selection, now }: Known): number | null {
  if (selection === null || selection.chosen !== null || selection.returnsAt === null) return null
  return Math.max(0, selection.returnsAt - now)
}

function failedError(verdict: Verdict, attempts: number, waitMs: number | null): GatewayError {
  const tries = attempts === 1 ? '' : ` All ${attempts} attempts failed.`
  const message = `${verdict.message ?? verdict.class}.${tries}`
  if (verdict.class === 'rate_limited')
    return gatewayError('provider_rate_limited', `The provider limits its rate: ${message}`, waitMs)
  if (verdict.class === 'internal')
    return gatewayError('internal_error', `The gateway failed: ${message}`, waitMs)
  return gatewayError('provider_failed', `The provider failed: ${message}`, waitMs)
}

/**
 * An answer that asks to come back later says when, if anything is known of it. Where nobody is left, that is when the
 * first of all is back, which may be long before the one that answered.
 */
function withWait(
  passed: PassedAnswer,
  { returnsMs, askedMs }: { returnsMs: number | null; askedMs: number | null },
): PassedAnswer {
  const { status, headers } = passed
  if (status !== 429 && status !== 503) return passed
  if (returnsMs !== null) return { ...passed, headers: withoutWait(headers), extra: retryAfter(returnsMs) }
  const says = headers['retry-after'] !== undefined || headers['retry-after-ms'] !== undefined
  return says || askedMs === null ? passed : { ...passed, extra: retryAfter(askedMs) }
}

const WAIT_HEADERS: ReadonlySet<string> = new Set(['retry-after', 'retry-after-ms', 'x-ms-retry-after-ms'])

const withoutWait = (headers: HeaderFields): HeaderFields =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !WAIT_HEADERS.has(name)))

/** The provider's own error answer, if it is one that a client of its API can read. */
function passedAnswer({ status, headers, body }: AttemptResult): PassedAnswer | null {
  if (status === null || status < 400 || body === null || body.length === 0) return null
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(String(headers['content-type'] ?? ''))
    ? { status, headers, body, extra: [] }
    : null
}

import type { Verdict } from '#lib/domain/outcome.ts'
import type { Selection } from '#lib/domain/routing/decision.ts'
import type { HeaderFields } from '#lib/services/ports.ts'
import { retryAfter } from './error-answer.ts'
import { gatewayError, type GatewayError } from './errors.ts'
import type { AttemptResult } from './attempt-result.ts'

/** A provider's error answer that is passed on as it is; `extra` are headers that it lacks. */
export type PassedAnswer = { status: number; headers: HeaderFields; body: Buffer; extra: string[] }

type Known = {
  /** The last attempt's; null where none was made. */
  verdict: Verdict | null
  result: AttemptResult | null
  /** The newest selection: where it chose nobody it says why, and when somebody may be back. */
  selection: Selection | null
  attempts: number
  now: number
}

/**
 * What a client is told when no attempt had an answer for it. A provider's own error is passed on, save for what it says
 * about our key, which is none of the client's business.
 */
export function finalAnswer(known: Known): PassedAnswer | GatewayError {
  const { verdict, result, selection } = known
  const returnsMs = returnsIn(known)
  if (verdict === null || result === null)
    return gatewayError(
      'no_provider',
      selection?.reason ?? 'No provider may take this request now.',
      returnsMs,
    )
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
  const waitMs = returnsMs ?? verdict.retryAfterMs
  const passed = passedAnswer(result)
  return passed === null ? failedError(verdict, known.attempts, waitMs) : withWait(passed, waitMs)
}

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

/** An answer that asks to come back later says when, if anything is known of it. */
function withWait(passed: PassedAnswer, waitMs: number | null): PassedAnswer {
  const { status, headers } = passed
  const asksToWait = status === 429 || status === 503
  const says = headers['retry-after'] !== undefined || headers['retry-after-ms'] !== undefined
  return asksToWait && !says && waitMs !== null ? { ...passed, extra: retryAfter(waitMs) } : passed
}

/** The provider's own error answer, if it is one that a client of its API can read. */
function passedAnswer({ status, headers, body }: AttemptResult): PassedAnswer | null {
  if (status === null || status < 400 || body === null || body.length === 0) return null
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(String(headers['content-type'] ?? ''))
    ? { status, headers, body, extra: [] }
    : null
}

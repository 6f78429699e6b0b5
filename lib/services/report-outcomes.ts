import type { ReportedOutcome } from '#lib/contract/check.ts'
import { classifyReported } from '#lib/domain/classify.ts'
import { AppError, type FieldError } from '#lib/domain/errors.ts'
import type { Outcome } from '#lib/domain/outcome.ts'
import type { Engine } from './engine.ts'
import { observeOutcome } from './observe-outcome.ts'
import { expirePermits, settlePermit } from './routing/end-permit.ts'

/**
 * Takes in outcomes from gateways that carry the traffic themselves: all of them or, when one names an unknown
 * provider or the permit of another, none (`invalid_input`). Without a permit, or with one that is used up, expired or
 * unknown, a call counts for the circuit only if it began in its present state; and where such a permit may have been
 * a trial's lease that is over, not even then.
 */
export function reportOutcomes(engine: Engine, reported: readonly ReportedOutcome[]): { accepted: number } {
  const { fleet, clock, routing } = engine
  const wrong = reported.flatMap((one, index) => complaintsOf(engine, one, index))
  if (wrong.length > 0) {
    throw new AppError(
      'invalid_input',
      'Some outcomes name unknown providers or permits of others; none was taken.',
      {
        fields: wrong,
      },
    )
  }
  expirePermits(engine)
  for (const one of reported) {
    const now = clock.now()
    const handedOut = one.permit === undefined ? null : routing.permits.take(one.permit, now)
    if (handedOut !== null) settlePermit(engine, handedOut, outcomeOf(one, now))
    else observeOutcome(fleet, outcomeOf(one, now), one.permit === undefined ? 'implied' : 'expired')
  }
  return { accepted: reported.length }
}

function complaintsOf(
  { fleet, clock, routing }: Engine,
  { providerId, permit }: ReportedOutcome,
  index: number,
): FieldError[] {
  if (!fleet.entries.has(providerId))
    return [{ path: `${index}.providerId`, message: `there is no provider "${providerId}"` }]
  const owner =
    permit === undefined ? null : (routing.permits.find(permit, clock.now())?.ticket.provider.id ?? null)
  return owner === null || owner === providerId
    ? []
    : [{ path: `${index}.permit`, message: `this permit is for ${owner}, not for ${providerId}` }]
}

function outcomeOf(reported: ReportedOutcome, now: number): Outcome {
  // A reporter's clock may run ahead; nothing has ended in the future.
  const at = Math.min(now, reported.at === undefined ? now : Date.parse(reported.at))
  return {
    ...classifyReported({
      class: reported.class,
      httpStatus: reported.httpStatus,
      error: reported.error,
      retryAfterMs: reported.retryAfterMs,
    }),
    providerId: reported.providerId,
    model: reported.model ?? null,
    source: 'passive',
    startedAt: at - reported.latencyMs,
    at,
    latencyMs: reported.latencyMs,
    httpStatus: reported.httpStatus ?? null,
    phases: null,
    completion: true,
    accountWide: false,
  }
}

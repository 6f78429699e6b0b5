import type { ReportedOutcome } from '#lib/contract/check.ts'
import { impliedPermit, stateAt } from '#lib/domain/breaker.ts'
import type { Permit } from '#lib/domain/circuit.ts'
import { classifyReported } from '#lib/domain/classify.ts'
import { AppError } from '#lib/domain/errors.ts'
import type { Outcome } from '#lib/domain/outcome.ts'
import type { CircuitSlot } from './circuit-slot.ts'
import type { Engine } from './engine.ts'
import type { Fleet } from './fleet.ts'
import { modelSlot, observeOutcome } from './observe-outcome.ts'
import type { ProviderEntry } from './provider-entry.ts'

/**
 * Takes in outcomes from gateways that carry the traffic themselves: all of them or, when one names an unknown
 * provider, none (`invalid_input`). Without a permit a call counts for the circuit only if it began in its present state.
 */
export function reportOutcomes(
  { fleet, clock }: Engine,
  reported: readonly ReportedOutcome[],
): { accepted: number } {
  const unknown = reported.flatMap(({ providerId }, index) =>
    fleet.entries.has(providerId)
      ? []
      : [{ path: `${index}.providerId`, message: `there is no provider "${providerId}"` }],
  )
  if (unknown.length > 0)
    throw new AppError('invalid_input', 'Some outcomes name unknown providers.', { fields: unknown })
  for (const one of reported) {
    const entry = fleet.entries.get(one.providerId)
    if (entry !== undefined) take(fleet, entry, outcomeOf(one, clock.now()))
  }
  return { accepted: reported.length }
}

function take(fleet: Fleet, entry: ProviderEntry, outcome: Outcome): void {
  const slot = outcome.model === null ? null : modelSlot(fleet, entry, outcome.model)
  observeOutcome(fleet, outcome, {
    provider: permitOf(fleet, entry, { slot: entry.own, outcome }),
    model: slot && permitOf(fleet, entry, { slot, outcome }),
  })
}

function permitOf(
  fleet: Fleet,
  entry: ProviderEntry,
  { slot, outcome }: { slot: CircuitSlot; outcome: Outcome },
): Permit | null {
  return impliedPermit(stateAt(slot.circuit, fleet.clock.now(), entry.policies.breaker), outcome.startedAt)
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

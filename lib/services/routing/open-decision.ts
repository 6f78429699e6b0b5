import type { OutcomeClass } from '#lib/domain/outcome.ts'
import type { Decision, Selection } from '#lib/domain/routing/decision.ts'
import type { RequestFacts } from '#lib/domain/routing/request-facts.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import type { Engine } from '../engine.ts'
import { isFailure } from './decision-log.ts'
import type { LiveRoute } from './routing.ts'

/** A decision that is still being made: the record that others will read, growing in place. */
export type OpenDecision = { -readonly [Field in keyof Decision]: Decision[Field] }

const NOTHING: readonly never[] = []

/** The record of a request that has just begun its way through a route. */
export const openDecision = (
  { newId, clock }: Engine,
  { route, facts, requestId }: { route: Route; facts: RequestFacts; requestId: string | null },
): OpenDecision => ({
  id: newId(),
  requestId,
  at: clock.now(),
  route: route.name,
  model: facts.model,
  strategy: route.strategy.type,
  rule: null,
  variant: null,
  chosen: null,
  candidates: NOTHING,
  reason: 'nothing has been decided yet',
  reasonCode: 'none_eligible',
  panic: false,
  returnsAt: null,
  tookUs: 0,
  attempts: NOTHING,
})

/**
 * Writes a selection into the record and counts it. The newest that chose somebody stands; that nobody was left after
 * it is added to its reason.
 */
export function recordSelection(
  { routing, clock }: Engine,
  live: LiveRoute,
  { decision, selection }: { decision: OpenDecision; selection: Selection },
): void {
  const chosen = selection.chosen === null ? null : (selection.candidates[selection.chosen] ?? null)
  routing.counts.add(decision.route, chosen?.providerId ?? null, selection.reasonCode)
  if (chosen !== null) live.traffic.countChoice(clock.now(), chosen.providerId)
  if (chosen === null && decision.chosen !== null) {
    decision.reason = `${decision.reason}; then nobody: ${selection.reason}`
    decision.returnsAt = selection.returnsAt
    return
  }
  take(decision, selection)
}

/** Field by field, which is several times as fast as `Object.assign`. */
function take(decision: OpenDecision, selection: Selection): void {
  decision.strategy = selection.strategy
  decision.rule = selection.rule
  decision.variant = selection.variant
  decision.chosen = selection.chosen
  decision.candidates = selection.candidates
  decision.reason = selection.reason
  decision.reasonCode = selection.reasonCode
  decision.panic ||= selection.panic
  decision.returnsAt = selection.returnsAt
}

/**
 * Counts the request, and hands its decision to the log; of a route that is gone (null) only the latter. `outcome` is how
 * the request ended for its client; null where nobody knows.
 */
export function closeDecision(
  { routing, clock }: Engine,
  live: LiveRoute | null,
  { decision, outcome }: { decision: OpenDecision; outcome: OutcomeClass | null },
): void {
  const { attempts } = decision
  const noneEligible = decision.chosen === null
  const failed = outcome === null ? noneEligible : isFailure(outcome)
  const failedOver =
    attempts.length > 1 && attempts.some(({ providerId }) => providerId !== attempts[0]?.providerId)
  live?.traffic.countRequest(clock.now(), {
    failed,
    failedOver,
    panics: decision.panic,
    noneEligible,
  })
  live?.counts.countRequest({
    outcome: noneEligible ? 'none_eligible' : (outcome ?? 'unknown'),
    attempts: attempts.length,
    failedOver,
    panic: decision.panic,
  })
  routing.log.add({ decision, failed, failedOver }, live?.sampling ?? null)
}

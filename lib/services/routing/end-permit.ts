import type { Outcome } from '#lib/domain/outcome.ts'
import type { Engine } from '../engine.ts'
import { abandonCall, attemptOf, finishCall } from './finish-call.ts'
import { listWith } from './list-with.ts'
import { closeDecision } from './open-decision.ts'
import type { HandedOut } from './permit-book.ts'
import { liveRouteNamed } from './routing.ts'

/** Ends a call that somebody else carried, as it was reported. */
export function settlePermit(engine: Engine, { ticket, decision }: HandedOut, outcome: Outcome): void {
  const { class: outcomeClass, kind, message, retryAfterMs, startedAt, at, httpStatus, latencyMs } = outcome
  const end = {
    verdict: { class: outcomeClass, kind, message, retryAfterMs },
    startedAt,
    endedAt: at,
    httpStatus,
    latencyMs,
    firstTokenMs: null,
    usage: null,
  }
  finishCall(engine.fleet, ticket, end)
  const attempt = attemptOf({ ...ticket, startedAt }, end)
  decision.attempts = listWith(decision.attempts, attempt)
  const live = liveRouteNamed(engine.routing, decision.route)
  if (ticket.variant !== null) live?.traffic.countVariant(engine.clock.now(), ticket.variant, attempt)
  closeDecision(engine, live, { decision, outcome: outcomeClass })
}

/** Ends the calls whose permits have expired: nobody knows what became of them, and they hold nothing any more. */
export function expirePermits(engine: Engine): void {
  const { permits } = engine.routing
  const { dueAt } = permits
  if (dueAt === null) return
  const now = engine.clock.now()
  if (dueAt > now) return
  for (const handedOut of permits.takeExpired(now)) forgetPermit(engine, handedOut)
}

/** Ends a call of which nothing more is heard. */
export function forgetPermit(engine: Engine, { ticket, decision }: HandedOut): void {
  abandonCall(engine.fleet, ticket)
  const live = liveRouteNamed(engine.routing, decision.route)
  closeDecision(engine, live, { decision, outcome: null })
}

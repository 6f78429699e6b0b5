import type { Outcome, Verdict } from '#lib/domain/outcome.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { Attempt } from '#lib/domain/routing/decision.ts'
import { observeTokens } from '#lib/domain/token-usage.ts'
import type { Fleet } from '../fleet.ts'
import { dropCall, giveBack } from '../give-back.ts'
import { noteRefusal } from '../note-refusal.ts'
import { observeOutcome } from '../observe-outcome.ts'
import type { Ticket } from './admit.ts'

/** What is known of a finished call, judged. */
export type CallEnd = {
  verdict: Verdict
  startedAt: number
  endedAt: number
  httpStatus: number | null
  /** How long the provider took, ms; null where that was not measured. */
  latencyMs: number | null
  /** From its begin to its first real token, ms; null where there was none or it was no stream. */
  firstTokenMs: number | null
  usage: RawResult['usage']
}

/**
 * Gives everything an admitted call holds back and tells the fleet how it ended; to be called once for each. A call to
 * what was meanwhile replaced or deleted counts for nothing.
 */
export function finishCall(fleet: Fleet, ticket: Ticket, end: CallEnd): void {
  const { entry, model } = ticket
  entry.calls -= 1
  if (!isCurrent(fleet, ticket)) return dropCall(fleet, entry, ticket.permits)
  const now = fleet.clock.now()
  noteRefusal(entry, end.verdict, now)
  observeOutcome(fleet, outcomeOf(ticket, end, now), ticket.permits)
  if (end.usage === null) return
  entry.counts.countTokens(end.usage)
  const slot = entry.models.get(model)
  if (slot !== undefined) slot.tokens = observeTokens(slot.tokens, end.usage)
}

/** Gives everything an admitted call holds back and says nothing of how it ended: nobody knows. */
export function abandonCall(fleet: Fleet, { entry, permits }: Ticket): void {
  entry.calls -= 1
  giveBack(fleet, entry, permits)
}

/** The attempt as its decision records it. */
export const attemptOf = (ticket: Ticket, end: CallEnd): Attempt => ({
  providerId: ticket.provider.id,
  model: ticket.model,
  at: ticket.startedAt,
  class: end.verdict.class,
  httpStatus: end.httpStatus,
  latencyMs: end.endedAt - end.startedAt,
  firstTokenMs: end.firstTokenMs,
  error: end.verdict.message ?? end.verdict.kind,
  reason: ticket.reason,
})

const isCurrent = (fleet: Fleet, { entry, epoch }: Ticket): boolean =>
  fleet.entries.get(entry.provider.id) === entry && entry.epoch === epoch

function outcomeOf({ entry, model }: Ticket, end: CallEnd, now: number): Outcome {
  const { verdict, startedAt, endedAt, httpStatus, latencyMs } = end
  return {
    class: verdict.class,
    kind: verdict.kind,
    message: verdict.message,
    retryAfterMs: verdict.retryAfterMs,
    providerId: entry.provider.id,
    model,
    source: 'passive',
    startedAt,
    at: Math.min(endedAt, now),
    latencyMs,
    httpStatus,
    phases: null,
    completion: true,
    accountWide: false,
  }
}

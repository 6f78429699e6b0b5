import type { DecisionView } from '#lib/contract/decision.ts'
import type { Decision } from '#lib/domain/routing/decision.ts'
import { iso, isoOrNull } from './time.ts'

/** A decision as the wire shows it; a permit is only in the answer that hands it out. */
export const presentDecision = (decision: Decision, permit: DecisionView['permit'] = null): DecisionView => ({
  id: decision.id,
  requestId: decision.requestId,
  at: iso(decision.at),
  route: decision.route,
  strategy: decision.strategy,
  rule: decision.rule,
  variant: decision.variant,
  model: decision.model,
  chosen: chosenProvider(decision),
  reason: decision.reason,
  reasonCode: decision.reasonCode,
  panic: decision.panic,
  tookUs: Math.round(decision.tookUs * 10) / 10,
  returnsAt: isoOrNull(decision.returnsAt),
  candidates: decision.candidates.map((candidate) => ({ ...candidate })),
  attempts: decision.attempts.map((attempt) => ({ ...attempt, at: iso(attempt.at) })),
  permit,
})

/** The provider that was chosen in the end; null when nobody was. */
export const chosenProvider = ({ chosen, candidates }: Pick<Decision, 'chosen' | 'candidates'>) =>
  chosen === null ? null : (candidates[chosen]?.providerId ?? null)

import type { OutcomeClass } from '../outcome.ts'
import type { DropReason } from './candidate.ts'
import type { StrategyType } from './route.ts'

/** One member's part in a decision. */
export type CandidateVerdict = {
  providerId: string
  model: string | null
  eligible: boolean
  /** Null when it was eligible. */
  drop: DropReason | null
  /** The facts behind the drop, or why an eligible one was not taken; one line. */
  reason: string
  /** What the strategy compared, in its own unit (ms, US dollars, km, 0..1); null where it compares nothing. */
  score: number | null
  /** The part of the choice it had, 0..1; null where the strategy does not share out. */
  weight: number | null
}

/** One selection among a route's members: the pure part of a decision. */
export type Selection = {
  /** The strategy that chose: the innermost, where a conditional nests. */
  strategy: StrategyType
  /** The conditional rules that led here, outermost first, joined by ` › `, `otherwise` where none matched; null without any. */
  rule: string | null
  /** The A/B variant whose member was chosen; null without a test. */
  variant: string | null
  /** Index of the winner in `candidates`; null when there is none. */
  chosen: number | null
  candidates: readonly CandidateVerdict[]
  /** Why the winner won, or why nobody did, in one sentence. */
  reason: string
  /** The same in one word, to be counted by. */
  reasonCode: ReasonCode
  panic: boolean
  /** When nobody was chosen: the earliest time that one may be, epoch ms; null when no time is known. */
  returnsAt: number | null
}

/** Why the winner won: what decisions are counted by. */
export const REASON_CODES = [
  'single',
  'weighted',
  'round_robin',
  'least_busy',
  'lowest_latency',
  'primary',
  'failed_over',
  'variant',
  'variant_fallback',
  'same_region',
  'nearest',
  'no_location',
  'cheapest',
  'no_price',
  'adaptive',
  'explored',
  'retry',
  'panic',
  'none_eligible',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

/** One upstream try of a request. */
export type Attempt = {
  providerId: string
  model: string
  /** When it began, epoch ms. */
  at: number
  class: OutcomeClass
  httpStatus: number | null
  latencyMs: number
  firstTokenMs: number | null
  /** One line, free of secrets; null when it went well. */
  error: string | null
  /** Why this provider, in one sentence. */
  reason: string
}

/** How a request ended for its client. */
export type RequestEnd = { class: OutcomeClass; httpStatus: number; attempts: number }

/** The record of one selection and of what became of it. */
export type Decision = Selection & {
  id: string
  /** The id the client was given; the decision is found by it too. */
  requestId: string | null
  at: number
  route: string
  model: string
  tookUs: number
  attempts: readonly Attempt[]
}

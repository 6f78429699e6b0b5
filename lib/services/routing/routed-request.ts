import type { Verdict } from '#lib/domain/outcome.ts'
import type { Provider } from '#lib/domain/provider.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { Decision, RequestEnd, Selection } from '#lib/domain/routing/decision.ts'
import type { RequestFacts } from '#lib/domain/routing/request-facts.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import type { Permits } from '../observe-outcome.ts'

/** A provider that a request was admitted to, with what must be settled exactly once. */
export type Admission = {
  provider: Provider
  /** The model's name there. */
  model: string
  permits: Permits
  /** Whether it took one of the few slots of a half-open circuit. */
  isTrial: boolean
  /** Why this provider, in one sentence. */
  reason: string
  startedAt: number
  /** Of the provider's entry: the outcome of a call to what was meanwhile replaced counts for nothing. */
  epoch: number
}

/** How an attempt ended, as its carrier saw it; nobody has judged it yet. */
export type AttemptEnd = {
  raw: RawResult
  /** From the attempt's begin to its first real token, ms; null where there was none or it was no stream. */
  firstTokenMs: number | null
  /** The longest the attempt could have taken, ms: what a late event loop is measured against. */
  timeoutMs: number
}

/** A request on its way through one route: the only way in which traffic takes and gives back permits. */
export type RoutedRequest = {
  /** What was decided and has happened so far. */
  readonly decision: Decision
  /** Chooses and admits the next provider, another one first; null when none may take it, as `selection` says. */
  next(): Admission | null
  /** The newest selection; null before the first `next`. */
  readonly selection: Selection | null
  /** Classifies the attempt once and tells the fleet; at once, save where the egress canary must be asked. */
  settle(admission: Admission, end: AttemptEnd): Verdict | Promise<Verdict>
  /** Whether this verdict may be followed by another attempt: its class, the attempts made, and the retry budget. Spends of the budget. */
  mayRetry(verdict: Verdict): boolean
  /** Closes the decision; it is counted, and kept where it is worth it or its turn. */
  end(end: RequestEnd): void
}

export type RouteRequestInput = { route: Route; facts: RequestFacts; requestId: string }

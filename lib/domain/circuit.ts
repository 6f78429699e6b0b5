import type { Window } from './window.ts'

export const CIRCUIT_STATES = ['closed', 'open', 'half_open'] as const
export type CircuitState = (typeof CIRCUIT_STATES)[number]

export const OVERRIDE_MODES = ['forced_open', 'forced_closed', 'shadow'] as const
export type OverrideMode = (typeof OVERRIDE_MODES)[number]

/** An operator's decision laid over a circuit; it never changes the automatic state. */
export type Override = {
  mode: OverrideMode
  actor: string
  reason: string
  since: number
  until: number
  /** Since when the failure rate has stayed above the self-release limit (forced closed only). */
  failingSince: number | null
}

/** Nothing is admitted before `until`: a deadline beside the state, not a state. It only ever moves later. */
export type Cooling = { until: number; reason: string }

/** One trial slot in half-open, freed when settled or when it expires. */
export type Lease = { id: number; expiresAt: number }

export const TRANSITION_CAUSES = [
  'consecutive_failures',
  'failure_rate',
  'slow_calls',
  'credentials',
  'models_open',
  'recovery_timeout',
  'trial_succeeded',
  'trial_failed',
  'operator',
  'settings',
] as const
export type TransitionCause = (typeof TRANSITION_CAUSES)[number]

/** What the circuit had seen when its state changed. */
export type Evidence = {
  calls: number
  failures: number
  slow: number
  consecutiveFailures: number
  /** The newest failures in words, newest first, at most three. */
  lastErrors: readonly string[]
}

/** One change of a circuit's state, or an operator's reset of it. */
export type Transition = {
  from: CircuitState
  to: CircuitState
  at: number
  cause: TransitionCause
  evidence: Evidence
  /** Who did it: an operator's name, or `switchyard` when the rules did. */
  actor: string
  /** The operator's reason, or null. */
  reason: string | null
  /** The circuit's generation after the change. */
  generation: number
  /** Until when it stays open; null unless it opened. */
  retryAt: number | null
}

/**
 * One breaker instance, as plain data. `generation` rises on every change of state; a call carries the
 * generation it was admitted under, so that a late result from an earlier state never moves a later one.
 */
export type Circuit = {
  /** What makes the jitter of this circuit its own: provider id and model. */
  key: string
  state: CircuitState
  generation: number
  /** When the present state began. */
  since: number
  consecutiveFailures: number
  window: Window
  /** How often it opened in a row without a quiet time between; 0 when never or long ago. */
  openings: number
  /** When it last went from closed to open; null while closed. */
  openedAt: number | null
  /** When an open circuit turns half-open; null unless open. */
  retryAt: number | null
  leases: readonly Lease[]
  nextLeaseId: number
  trialsSucceeded: number
  /** Opened because its models are open: only completions close it. */
  completionsOnly: boolean
  cooling: Cooling | null
  override: Override | null
  lastErrors: readonly string[]
}

/**
 * What admitting a call hands out, to be given back when it settles. `pass`: through a closed circuit;
 * `trial`: one of the few half-open leases; `bypass`: past an open circuit by an override or in panic.
 */
export type Permit = { kind: 'pass' | 'trial' | 'bypass'; generation: number; leaseId: number | null }

/** What a circuit is told about a finished call. `neutral` frees a lease and gives no verdict. */
export type CircuitVerdict = 'success' | 'failure' | 'neutral' | 'trip'

/** Why a call was not admitted. */
export type Refusal = 'open' | 'half_open_full' | 'cooling' | 'forced_open'

/** What happened to an override or a cooling, beside the state. */
export type CircuitEvent =
  | { type: 'override_set'; at: number; override: Override }
  | { type: 'override_released'; at: number; override: Override; actor: string; reason: string | null }
  | { type: 'override_expired'; at: number; override: Override }
  | { type: 'override_self_released'; at: number; override: Override; evidence: Evidence }
  | { type: 'cooling'; at: number; cooling: Cooling }

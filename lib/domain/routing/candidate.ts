import type { CircuitState } from '../circuit.ts'

/** What a provider's and its model's circuits, taken together, say to traffic now, overrides left aside. */
export type CircuitGate =
  /** Both are closed, or an override lets everything through. */
  | 'closed'
  /** At least one is half-open and each that is has a trial slot free for this call. */
  | 'trial'
  /** Half-open, and every trial slot is taken. */
  | 'trials_taken'
  | 'open'

/** Everything about one member that may decide, as it stands at the moment of the decision. */
export type Candidate = {
  providerId: string
  /** The model's name there; null: it does not serve the model, or not through this API. */
  model: string | null
  enabled: boolean
  /** Its provider is no more; it counts as disabled. */
  deleted?: true
  forcedOpen: boolean
  /** Why our own policy refuses to call it; null when it does not. */
  refusal: string | null
  gate: CircuitGate
  /** The automatic state of the circuit that holds most, for the words. */
  state: CircuitState
  coolingUntil: number | null
  /** When an open circuit turns half-open; null unless open. */
  retryAt: number | null
  health: 'fine' | 'unhealthy' | 'credentials'
  healthReason: string
  /** Requests under way, of all routes. */
  inFlight: number
  maxConcurrency: number | null
  weight: number
  priority: number
  /** The part of its share, 0..1, that it gets back while it ramps up. */
  ramp: number
  region: string | null
  coordinates: readonly [lat: number, lon: number] | null
  /** Moving averages; null without a measurement. */
  peakEwmaMs: number | null
  averageLatencyMs: number | null
  recentP95Ms: number | null
  /** Health score, 0..1, and the samples it is made of. */
  successRate: number
  samples: number
  consecutiveFailures: number
  /** Output tokens of an answer there, on average; null where none was measured. */
  outputTokens: number | null
  /** US dollars per 1,000,000 tokens; null where not known. */
  price: { in: number; out: number } | null
}

/** Why a member was not eligible, in the order in which it is asked; `excluded` and `tried` come first. */
export const DROP_REASONS = [
  'excluded',
  'tried',
  'disabled',
  'model_not_served',
  'forced_open',
  'refused_by_policy',
  'circuit_open',
  'trials_taken',
  'cooling',
  'unhealthy',
  'credentials',
  'at_capacity',
  'constraint',
] as const
export type DropReason = (typeof DROP_REASONS)[number]

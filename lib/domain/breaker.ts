import type { Circuit, CircuitState, CircuitVerdict, Cooling, Override, Permit } from './circuit.ts'
import { advance, isAtRest } from './breaker-advance.ts'
import { admit } from './breaker-admit.ts'
import { settle } from './breaker-settle.ts'
import { forceCircuit, openByModels, releaseOverride, resetCircuit } from './breaker-operator.ts'
import { andThen, unrecorded, type Change } from './circuit-change.ts'
import type { BreakerPolicy } from './policy.ts'
import { emptyWindow } from './window.ts'

/** Who asks to be admitted: traffic meets override and cooling, a check moves the automatic state alone. */
export type AdmitEvent = {
  type: 'admit'
  at: number
  /** `panic`: traffic that may pass an open circuit because no other provider is left. */
  for: 'traffic' | 'check' | 'panic'
  /** Whether the call is a completion; only those close a circuit that its models opened. */
  completion: boolean
}

/** A finished call, with the permit it was admitted under. */
export type SettleEvent = {
  type: 'settle'
  at: number
  permit: Permit
  verdict: CircuitVerdict
  /** Whether a success was slower than `slowCallMs`. */
  slow: boolean
  /** A failure in words, for the evidence. */
  error: string | null
  /** A wish to be left alone, or null. */
  cooling: Cooling | null
}

/** A new beginning, by an operator or (`cause: 'settings'`) because the provider behind it has changed. */
export type ResetEvent = {
  type: 'reset'
  at: number
  to: Exclude<CircuitState, 'open'>
  cause?: 'operator' | 'settings'
  actor: string
  reason: string
}

/** Everything that can happen to a circuit. */
export type BreakerEvent =
  | { type: 'advance'; at: number }
  | AdmitEvent
  | SettleEvent
  | { type: 'force'; at: number; override: Override }
  | { type: 'release'; at: number; actor: string; reason: string | null }
  | ResetEvent
  | { type: 'models_open'; at: number; errors: readonly string[] }

/** A closed circuit that has seen nothing; `key` makes its jitter its own. */
export function newCircuit(key: string, at: number): Circuit {
  return {
    key,
    state: 'closed',
    generation: 0,
    since: at,
    consecutiveFailures: 0,
    window: emptyWindow,
    openings: 0,
    openedAt: null,
    retryAt: null,
    leases: [],
    nextLeaseId: 1,
    trialsSucceeded: 0,
    completionsOnly: false,
    cooling: null,
    override: null,
    lastErrors: [],
  }
}

/**
 * The breaker: the circuit after one event. Pure, and the same live, in tests and in replay. The circuit is
 * first brought to the event's time, so that no deadline depends on traffic or on anybody looking.
 */
export function step(circuit: Circuit, event: BreakerEvent, policy: BreakerPolicy): Change {
  // Most circuits are closed with nothing pending: those need not be brought to now.
  if (isAtRest(circuit)) return happen(circuit, event, policy)
  return andThen(advance(circuit, event.at, policy), (now) => happen(now, event, policy))
}

function happen(circuit: Circuit, event: BreakerEvent, policy: BreakerPolicy): Change {
  switch (event.type) {
    case 'advance':
      return unrecorded(circuit)
    case 'admit':
      return admit(circuit, event, policy)
    case 'settle':
      return settle(circuit, event, policy)
    case 'force':
      return forceCircuit(circuit, event)
    case 'release':
      return releaseOverride(circuit, event)
    case 'reset':
      return resetCircuit(circuit, event, policy)
    case 'models_open':
      return openByModels(circuit, event, policy)
  }
}

/** The circuit as it stands at `at`, every deadline up to then taken into account, generation included. */
export function stateAt(circuit: Circuit, at: number, policy: BreakerPolicy): Circuit {
  return advance(circuit, at, policy).circuit
}

/**
 * The permit of a call that was made without asking, judged by when it began: null when it began before the
 * present state did, since a late result never moves a circuit. `circuit` must be brought to now.
 */
export function impliedPermit(circuit: Circuit, startedAt: number): Permit | null {
  if (startedAt < circuit.since) return null
  switch (circuit.state) {
    case 'closed':
      return { kind: 'pass', generation: circuit.generation, leaseId: null }
    case 'half_open':
      return { kind: 'trial', generation: circuit.generation, leaseId: null }
    case 'open':
      return { kind: 'bypass', generation: circuit.generation, leaseId: null }
  }
}

/** What a request meets now: the automatic state after override and cooling. `circuit` must be brought to now. */
export function effectiveState(circuit: Circuit): CircuitState | 'cooling' {
  if (circuit.override !== null) return circuit.override.mode === 'forced_open' ? 'open' : 'closed'
  return circuit.cooling === null ? circuit.state : 'cooling'
}

/** The part of its share, 0..1, that a provider gets back while it ramps up after closing. `circuit` must be brought to now. */
export function rampFactor(circuit: Circuit, at: number, policy: BreakerPolicy): number {
  if (circuit.state !== 'closed' || circuit.openings === 0 || policy.rampUpMs === 0) return 1
  const progress = Math.min(1, (at - circuit.since) / policy.rampUpMs)
  return policy.rampStart + (1 - policy.rampStart) * progress
}

/** The circuit after a restart: no call of the old process can settle, and windows start empty. */
export function restoreCircuit(stored: Circuit): Circuit {
  return {
    ...stored,
    generation: stored.state === 'half_open' ? stored.generation + 1 : stored.generation,
    window: emptyWindow,
    leases: [],
  }
}

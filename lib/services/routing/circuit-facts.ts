import { rampFactor, stateAt } from '#lib/domain/breaker.ts'
import { isAtRest } from '#lib/domain/breaker-advance.ts'
import type { Circuit } from '#lib/domain/circuit.ts'
import type { BreakerPolicy } from '#lib/domain/policy.ts'
import type { Candidate, CircuitGate } from '#lib/domain/routing/candidate.ts'

/** What of a candidate its two circuits decide. */
export type CircuitFacts = Pick<
  Candidate,
  'forcedOpen' | 'gate' | 'state' | 'coolingUntil' | 'retryAt' | 'ramp'
>

/** The two circuits that a request must pass, as they are stored; null: the model has none yet. */
export type CircuitPair = { own: Circuit; model: Circuit | null }

/** How much each answer holds back, so that of two circuits the one that holds more speaks. */
const HOLDS: Readonly<Record<CircuitGate, number>> = { closed: 0, trial: 1, trials_taken: 2, open: 3 }

/** What two circuits say that are closed and never opened, with nothing pending: nearly all, nearly always. */
const CALM: CircuitFacts = Object.freeze({
  forcedOpen: false,
  gate: 'closed',
  state: 'closed',
  coolingUntil: null,
  retryAt: null,
  ramp: 1,
})

const isCalm = (circuit: Circuit): boolean =>
  circuit.state === 'closed' && circuit.openings === 0 && isAtRest(circuit)

/** What both circuits together say to traffic at `now`; neither is changed. An override speaks for its circuit alone. */
export function circuitFacts(pair: CircuitPair, policy: BreakerPolicy, now: number): CircuitFacts {
  if (isCalm(pair.own) && (pair.model === null || isCalm(pair.model))) return CALM
  const own = factsOf(broughtTo(pair.own, policy, now), policy, now)
  if (pair.model === null) return own
  return both(own, factsOf(broughtTo(pair.model, policy, now), policy, now))
}

const broughtTo = (circuit: Circuit, policy: BreakerPolicy, now: number): Circuit =>
  isAtRest(circuit) ? circuit : stateAt(circuit, now, policy)

function factsOf(circuit: Circuit, policy: BreakerPolicy, now: number): CircuitFacts {
  const { override, state, cooling } = circuit
  const gate = gateOf(circuit, policy)
  return {
    forcedOpen: override?.mode === 'forced_open',
    gate,
    state,
    coolingUntil: override === null && cooling !== null ? cooling.until : null,
    retryAt: gate === 'open' ? circuit.retryAt : null,
    ramp: rampFactor(circuit, now, policy),
  }
}

function gateOf({ override, state, leases }: Circuit, policy: BreakerPolicy): CircuitGate {
  if (override !== null || state === 'closed') return 'closed'
  if (state === 'open') return 'open'
  return leases.length < policy.halfOpenMaxCalls ? 'trial' : 'trials_taken'
}

function both(own: CircuitFacts, model: CircuitFacts): CircuitFacts {
  const holding = HOLDS[model.gate] > HOLDS[own.gate] ? model : own
  return {
    forcedOpen: own.forcedOpen || model.forcedOpen,
    gate: holding.gate,
    state: holding.state,
    coolingUntil: later(own.coolingUntil, model.coolingUntil),
    retryAt: later(own.retryAt, model.retryAt),
    ramp: Math.min(own.ramp, model.ramp),
  }
}

const later = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b)

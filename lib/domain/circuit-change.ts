import type {
  Circuit,
  CircuitEvent,
  Evidence,
  Permit,
  Refusal,
  Transition,
  TransitionCause,
} from './circuit.ts'
import { openTimeMs } from './open-time.ts'
import type { BreakerPolicy } from './policy.ts'
import { emptyWindow, rollWindow, windowCounts } from './window.ts'

/**
 * A circuit after something happened to it, and what is to be recorded of it, in order. `permit` and `refusal`
 * answer a call that wants to be admitted: exactly one of them is set then, none otherwise.
 */
export type Change = {
  circuit: Circuit
  transitions: readonly Transition[]
  events: readonly CircuitEvent[]
  permit: Permit | null
  refusal: Refusal | null
}

/** Who is named as the actor when the rules did it. */
export const RULES_ACTOR = 'switchyard'

const NONE: readonly never[] = Object.freeze([])

/** The circuit with nothing to record. */
export const unrecorded = (circuit: Circuit): Change => ({
  circuit,
  transitions: NONE,
  events: NONE,
  permit: null,
  refusal: null,
})

/** The circuit with one event to record beside its state. */
export const withEvent = (circuit: Circuit, event: CircuitEvent): Change => ({
  circuit,
  transitions: NONE,
  events: [event],
  permit: null,
  refusal: null,
})

/** The answer to a call that wants to be admitted. */
export const answered = (circuit: Circuit, permit: Permit | null, refusal: Refusal | null): Change => ({
  circuit,
  transitions: NONE,
  events: NONE,
  permit,
  refusal,
})

/** `change`, and after it what `next` makes of its circuit; records stay in order, the later answer counts. */
export function andThen(change: Change, next: (circuit: Circuit) => Change): Change {
  const after = next(change.circuit)
  if (change.transitions.length === 0 && change.events.length === 0) return after
  return {
    circuit: after.circuit,
    transitions: [...change.transitions, ...after.transitions],
    events: [...change.events, ...after.events],
    permit: after.permit,
    refusal: after.refusal,
  }
}

/** What the circuit has seen up to `at`. */
export function evidenceOf(circuit: Circuit, at: number, policy: BreakerPolicy): Evidence {
  const counts = windowCounts(rollWindow(circuit.window, at, policy.windowMs))
  return { ...counts, consecutiveFailures: circuit.consecutiveFailures, lastErrors: circuit.lastErrors }
}

type Move = { at: number; cause: TransitionCause; actor?: string; reason?: string | null }

function moved(before: Circuit, after: Circuit, move: Move & { evidence: Evidence }): Change {
  const { at, cause, evidence, actor = RULES_ACTOR, reason = null } = move
  const transition: Transition = {
    from: before.state,
    to: after.state,
    at,
    cause,
    evidence,
    actor,
    reason,
    generation: after.generation,
    retryAt: after.retryAt,
  }
  return { circuit: after, transitions: [transition], events: NONE, permit: null, refusal: null }
}

/** Opens the circuit: for longer at each opening in a row, and for the first time again after a quiet time closed. */
export function open(circuit: Circuit, move: Move, policy: BreakerPolicy): Change {
  const quiet = circuit.state === 'closed' && move.at - circuit.since >= policy.quietResetMs
  const openings = (quiet ? 0 : circuit.openings) + 1
  const generation = circuit.generation + 1
  const after: Circuit = {
    ...circuit,
    state: 'open',
    generation,
    since: move.at,
    openings,
    openedAt: circuit.openedAt ?? move.at,
    retryAt: move.at + openTimeMs(openings, `${circuit.key}#${generation}`, policy),
    leases: NONE,
    trialsSucceeded: 0,
    completionsOnly:
      move.cause === 'models_open' || (circuit.completionsOnly && move.cause === 'trial_failed'),
  }
  return moved(circuit, after, { ...move, evidence: evidenceOf(circuit, move.at, policy) })
}

/** Lets a few trials through. */
export function halfOpen(circuit: Circuit, move: Move, policy: BreakerPolicy): Change {
  const after: Circuit = {
    ...circuit,
    state: 'half_open',
    generation: circuit.generation + 1,
    since: move.at,
    retryAt: null,
    leases: NONE,
    trialsSucceeded: 0,
  }
  return moved(circuit, after, { ...move, evidence: evidenceOf(circuit, move.at, policy) })
}

/** Lets everything through again, with an empty window; the openings in a row are remembered until it was quiet. */
export function close(circuit: Circuit, move: Move, policy: BreakerPolicy): Change {
  const after: Circuit = {
    ...circuit,
    state: 'closed',
    generation: circuit.generation + 1,
    since: move.at,
    consecutiveFailures: 0,
    window: emptyWindow,
    openedAt: null,
    retryAt: null,
    leases: NONE,
    trialsSucceeded: 0,
    completionsOnly: false,
  }
  return moved(circuit, after, { ...move, evidence: evidenceOf(circuit, move.at, policy) })
}

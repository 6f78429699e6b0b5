import type { BreakerEvent } from './breaker.ts'
import type { Circuit } from './circuit.ts'
import { close, halfOpen, open, unrecorded, withEvent, type Change } from './circuit-change.ts'
import type { BreakerPolicy } from './policy.ts'
import { emptyWindow } from './window.ts'

type EventOf<Type extends BreakerEvent['type']> = Extract<BreakerEvent, { type: Type }>

/** Lays an override over the circuit, in place of any other; state and generation stay as they are. */
export function forceCircuit(circuit: Circuit, { at, override }: EventOf<'force'>): Change {
  return withEvent({ ...circuit, override }, { type: 'override_set', at, override })
}

/** Takes the override away; nothing happens where there is none. */
export function releaseOverride(circuit: Circuit, { at, actor, reason }: EventOf<'release'>): Change {
  const { override } = circuit
  if (override === null) return unrecorded(circuit)
  return withEvent({ ...circuit, override: null }, { type: 'override_released', at, override, actor, reason })
}

/** Starts the circuit anew, half-open or closed: window, counters, openings and cooling are gone; recorded in any case. */
export function resetCircuit(circuit: Circuit, event: EventOf<'reset'>, policy: BreakerPolicy): Change {
  const { at, to, cause = 'operator', actor, reason } = event
  const move = { at, cause, actor, reason }
  const change = to === 'closed' ? close(circuit, move, policy) : halfOpen(circuit, move, policy)
  return {
    ...change,
    circuit: {
      ...change.circuit,
      window: emptyWindow,
      consecutiveFailures: 0,
      openings: 0,
      openedAt: to === 'closed' ? null : change.circuit.openedAt,
      cooling: null,
      lastErrors: [],
    },
  }
}

/** Opens a closed provider's circuit because its models' are open; then only completions close it. */
export function openByModels(circuit: Circuit, event: EventOf<'models_open'>, policy: BreakerPolicy): Change {
  if (circuit.state !== 'closed') return unrecorded(circuit)
  return open({ ...circuit, lastErrors: event.errors }, { at: event.at, cause: 'models_open' }, policy)
}

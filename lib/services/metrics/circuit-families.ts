import { effectiveState } from '#lib/domain/breaker.ts'
import { CIRCUIT_STATES, OVERRIDE_MODES } from '#lib/domain/circuit.ts'
import type { CircuitSlot } from '../circuit-slot.ts'
import type { Engine } from '../engine.ts'
import type { Fleet } from '../fleet.ts'
import { type Family, type Labels, oneHot, type Sample, seconds } from './family.ts'
import { CIRCUIT_LEVELS } from './provider-counts.ts'

/** How many models' circuits have series of their own; what is beyond is summed up: callers make up models' names. */
export const MAX_MODEL_CIRCUITS = 1_000

/** No provider: an id is never empty, so this is nobody else's series. */
const OTHERS: Labels = { provider: '', model: 'other' }

const EFFECTIVE_STATES = [...CIRCUIT_STATES, 'cooling'] as const

/** Each provider's own circuit, then those of models, oldest first within their provider. */
function* slotsInOrder({ entries }: Fleet): Generator<CircuitSlot> {
  for (const { own } of entries.values()) yield own
  for (const { models } of entries.values()) yield* models.values()
}

/** The labels of a circuit's series; a provider's own has an empty model, which is the same as none. */
const labelsOf = ({ providerId, model }: CircuitSlot): Labels => ({
  provider: providerId,
  model: model ?? '',
})

/** A series for each state of each circuit; of the circuits beyond the bound, how many are in it. */
const inStates = <State extends string>(
  name: string,
  states: readonly State[],
  stateOf: (slot: CircuitSlot) => State,
) =>
  function* ({ fleet }: Engine): Generator<Sample> {
    const others = new Map<State, number>()
    let models = 0
    for (const slot of slotsInOrder(fleet)) {
      const now = stateOf(slot)
      if (slot.model !== null) models += 1
      if (models > MAX_MODEL_CIRCUITS) {
        others.set(now, (others.get(now) ?? 0) + 1)
        continue
      }
      const labels = labelsOf(slot)
      for (const state of states) yield { labels: { ...labels, [name]: state }, value: oneHot(state === now) }
    }
    if (models <= MAX_MODEL_CIRCUITS) return
    for (const state of states) yield { labels: { ...OTHERS, [name]: state }, value: others.get(state) ?? 0 }
  }

/** How circuits are, and what they did. */
export const CIRCUIT_FAMILIES: readonly Family<Engine>[] = [
  {
    name: 'switchyard_circuit_state',
    help: 'Whether this is the automatic state of a circuit: 1 for one of three. Without a model it is the circuit of the provider.',
    type: 'gauge',
    labels: ['provider', 'model', 'state'],
    read: inStates('state', CIRCUIT_STATES, ({ circuit }) => circuit.state),
  },
  {
    name: 'switchyard_circuit_effective',
    help: 'Whether this is what traffic meets at a circuit, overrides and cooling included: 1 for one of four.',
    type: 'gauge',
    labels: ['provider', 'model', 'effective'],
    read: inStates('effective', EFFECTIVE_STATES, ({ circuit }) => effectiveState(circuit)),
  },
  {
    name: 'switchyard_circuit_transitions_total',
    help: 'How often the circuit of a provider, or those of its models together, came into a state; to open is an opening.',
    type: 'counter',
    labels: ['provider', 'level', 'to'],
    read: function* ({ fleet }) {
      for (const { provider, counts } of fleet.entries.values()) {
        for (const level of CIRCUIT_LEVELS) {
          for (const to of CIRCUIT_STATES)
            yield { labels: { provider: provider.id, level, to }, value: counts.transitions(level, to) }
        }
      }
    },
  },
  {
    name: 'switchyard_overrides_active',
    help: 'Circuits that operators hold now.',
    type: 'gauge',
    labels: ['mode'],
    read: function* ({ fleet }) {
      const held = Map.groupBy(slotsInOrder(fleet), ({ circuit }) => circuit.override?.mode ?? null)
      for (const mode of OVERRIDE_MODES) yield { labels: { mode }, value: held.get(mode)?.length ?? 0 }
    },
  },
  {
    name: 'switchyard_override_end_timestamp_seconds',
    help: 'When the override of the circuit of a provider ends, Unix time; no series where there is none.',
    type: 'gauge',
    labels: ['provider', 'mode'],
    read: function* ({ fleet }) {
      for (const { own } of fleet.entries.values()) {
        const { override } = own.circuit
        if (override === null) continue
        yield { labels: { provider: own.providerId, mode: override.mode }, value: seconds(override.until) }
      }
    },
  },
]

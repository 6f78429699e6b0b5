import { newCircuit, restoreCircuit, step, type AdmitEvent } from '../breaker.ts'
import type { Circuit, CircuitState, Refusal, Transition } from '../circuit.ts'
import type { BreakerPolicy } from '../policy.ts'
import {
  admitCall,
  givenBack,
  impliedPermits,
  settleCall,
  type CallPlaces,
  type CircuitPlace,
  type Drive,
  type LevelPermits,
} from '../two-level-calls.ts'
import { hasAsked } from './packed-form.ts'
import { outcomeOf } from './outcome-of.ts'
import type { ProviderState } from './provider-state.ts'
import type { AbandonedRecord, CallRecord, CommandRecord, StateRecord } from './record.ts'

/** Under which thresholds records are replayed: the same throughout, or those that were in force at the time. */
export type ReplayPolicy =
  | { type: 'fixed'; policy: BreakerPolicy }
  | { type: 'recorded'; policyOf: (version: number) => BreakerPolicy }

/** A circuit's transition in a replay; `model` null: the provider's own. */
export type ReplayedTransition = { model: string | null; transition: Transition }

/** What became of a call that asked: its permits, or who refused it. */
export type Held = { permits: LevelPermits | null; refusal: Refusal | null }

/** How a recorded call would have fared: let through, refused because a circuit is open, or neither is to be said. */
export type Fate = 'passed' | 'refused' | 'unknown'

type Place = CircuitPlace & {
  model: string | null
  /** The circuit as the database would have it: it is written when something of it is recorded. */
  kept: Circuit | null
}

/** One provider's circuits under one set of thresholds, taken through its records by the functions that drive them live. */
export class Simulation {
  readonly transitions: ReplayedTransition[] = []
  readonly #providerId: string
  readonly #policy: ReplayPolicy
  readonly #models = new Map<string, Place>()
  readonly #modelPlaces = () => this.#models.values()
  #own: Place
  #bornAt = 0
  #inForce: BreakerPolicy

  /** Begins with the circuits as `first` says they stood. */
  constructor(providerId: string, policy: ReplayPolicy, { state }: StateRecord) {
    this.#providerId = providerId
    this.#policy = policy
    this.#inForce = policyIn(policy, state.version)
    this.#own = newPlace(providerId, null, state.bornAt)
    this.#adopt(state)
  }

  /** In which state each circuit is, the provider's own first. */
  states(): { model: string | null; state: CircuitState }[] {
    return [this.#own, ...this.#models.values()].map(({ model, circuit }) => ({
      model,
      state: circuit.state,
    }))
  }

  /** Brings all circuits to `at`. */
  advance(at: number): void {
    for (const place of [this.#own, ...this.#models.values()]) this.#drive(place, { type: 'advance', at })
  }

  /** Admits a call, or refuses it. */
  begin(call: CallRecord | AbandonedRecord): Held {
    const { permits, refusal } = admitCall(this.#placesOf(call), askingOf(call), this.#drive)
    return { permits, refusal }
  }

  /** Tells circuits how a call ended; `held` is what its beginning came to, null for one that did not ask. */
  end(call: CallRecord, held: Held | null): Fate {
    const isOverridden = this.#own.circuit.override !== null
    if (held !== null && held.refusal !== null) return isOverridden ? 'unknown' : fateOf(held.refusal)
    const places = this.#placesOf(call)
    const permits = held?.permits ?? this.#implied(places, call)
    const isBypass = held === null && isPastOpen(permits)
    this.#settle(places, call, permits)
    if (isOverridden) return call.origin === 'check' ? 'unknown' : 'passed'
    return isBypass ? 'refused' : 'passed'
  }

  #implied(places: CallPlaces<Place>, { beganAt, at, origin }: CallRecord): LevelPermits {
    return impliedPermits(places, { startedAt: beganAt, at, mayTry: origin !== 'expired' }, this.#inForce)
  }

  #settle(places: CallPlaces<Place>, call: CallRecord, permits: LevelPermits): void {
    const { slowCallMs } = this.#inForce
    const outcome = outcomeOf(call)
    settleCall(places, { now: call.at, outcome, permits, models: this.#modelPlaces, slowCallMs }, this.#drive)
  }

  /** Gives back the permits of a call of which nothing more is known. */
  abandon(call: AbandonedRecord, { permits }: Held): void {
    if (!call.gaveBack || permits === null) return
    const { own, model } = this.#placesOf(call)
    if (permits.provider !== null) this.#drive(own, givenBack(permits.provider, call.at))
    if (permits.model !== null && model !== null) this.#drive(model, givenBack(permits.model, call.at))
  }

  /** An operator's command, or a new beginning because the provider has changed. */
  command({ model, event }: CommandRecord): void {
    const place = model === null ? this.#own : this.#placeOf(model)
    this.#drive(place, event)
  }

  /** Another version of the settings: what is due under the old one happens first. */
  settings(version: number, at: number): void {
    this.advance(at)
    this.#inForce = policyIn(this.#policy, version)
  }

  /** A start of the program, with the circuits as it found them; under other thresholds it would have found others. */
  restart({ at, state }: StateRecord): void {
    if (this.#policy.type === 'recorded') {
      this.#inForce = policyIn(this.#policy, state.version)
      this.#adopt(state)
    } else if (state.bornAt === this.#bornAt) this.#restore(at)
    else this.#adopt(state)
  }

  #restore(at: number): void {
    const { kept } = this.#own
    this.#own.circuit = kept === null ? newCircuit(this.#own.circuit.key, at) : restoreCircuit(kept)
    for (const [model, place] of this.#models) {
      if (place.kept === null) this.#models.delete(model)
      else place.circuit = restoreCircuit(place.kept)
    }
  }

  #adopt(state: ProviderState): void {
    this.#bornAt = state.bornAt
    this.#own = newPlace(this.#providerId, null, state.bornAt)
    this.#models.clear()
    for (const { model, circuit, lastTrafficAt } of state.circuits) {
      const place = { model, circuit, lastTrafficAt, kept: circuit }
      if (model === null) this.#own = place
      else this.#models.set(model, place)
    }
  }

  #placesOf({ model, hasCircuit }: { model: string | null; hasCircuit: boolean }): CallPlaces<Place> {
    return { own: this.#own, model: model === null || !hasCircuit ? null : this.#placeOf(model) }
  }

  #placeOf(model: string): Place {
    const known = this.#models.get(model)
    if (known !== undefined) return known
    const place = newPlace(this.#providerId, model, this.#bornAt)
    this.#models.set(model, place)
    return place
  }

  readonly #drive: Drive<Place> = (place, event) => {
    const change = step(place.circuit, event, this.#inForce)
    place.circuit = change.circuit
    if (change.transitions.length === 0 && change.events.length === 0) return change
    place.kept = change.circuit
    for (const transition of change.transitions) this.transitions.push({ model: place.model, transition })
    return change
  }
}

const policyIn = (policy: ReplayPolicy, version: number) =>
  policy.type === 'fixed' ? policy.policy : policy.policyOf(version)

const newPlace = (providerId: string, model: string | null, at: number): Place => ({
  model,
  circuit: newCircuit(model === null ? providerId : `${providerId}/${model}`, at),
  lastTrafficAt: 0,
  kept: null,
})

const askingOf = ({ origin, beganAt, completion }: CallRecord | AbandonedRecord): AdmitEvent => ({
  type: 'admit',
  at: beganAt,
  for: hasAsked(origin) ? origin : 'traffic',
  completion,
})

// Cooling and operators keep calls away whatever the thresholds are.
const fateOf = (refusal: Refusal): Fate =>
  refusal === 'open' || refusal === 'half_open_full' ? 'refused' : 'unknown'

const isPastOpen = ({ provider, model }: LevelPermits) =>
  provider?.kind === 'bypass' || model?.kind === 'bypass'

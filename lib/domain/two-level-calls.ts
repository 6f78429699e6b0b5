import { impliedPermit, stateAt, type AdmitEvent, type BreakerEvent, type SettleEvent } from './breaker.ts'
import type { Circuit, Permit, Refusal } from './circuit.ts'
import type { Change } from './circuit-change.ts'
import type { Outcome } from './outcome.ts'
import type { BreakerPolicy } from './policy.ts'
import { effectsOf, modelsBringDown, type LevelEffect } from './two-levels.ts'

/** Where a circuit stands, live or in a replay. */
export type CircuitPlace = {
  circuit: Circuit
  /** The end of the newest traffic, epoch ms; 0 before any. */
  lastTrafficAt: number
}

/** Takes the circuit in a place through an event, and leaves it there as it is then. */
export type Drive<Place> = (place: Place, event: BreakerEvent) => Change

/** The places a call concerns: the provider's, and that of the model it names, if that has one. */
export type CallPlaces<Place> = { own: Place; model: Place | null }

/** The permits a call was made under, of the provider's circuit and of its model's; null moves nothing there. */
export type LevelPermits = { provider: Permit | null; model: Permit | null }

/** Whether a call may be made: its permits, or who refused it and whether the provider's permit had to go back for that. */
export type CallAdmission =
  | { permits: LevelPermits; refusal: null; gaveBack: false }
  | { permits: null; refusal: Refusal; gaveBack: boolean }

/** Asks the provider's circuit and then the model's; what the first gave goes back when the second refuses. */
export function admitCall<Place extends CircuitPlace>(
  { own, model }: CallPlaces<Place>,
  event: AdmitEvent,
  drive: Drive<Place>,
): CallAdmission {
  const first = drive(own, event)
  if (first.permit === null) return refused(first.refusal, false)
  if (model === null) return admitted(first.permit, null)
  const second = drive(model, event)
  if (second.permit !== null) return admitted(first.permit, second.permit)
  drive(own, givenBack(first.permit, event.at))
  return refused(second.refusal, true)
}

const admitted = (provider: Permit, model: Permit | null): CallAdmission => ({
  permits: { provider, model },
  refusal: null,
  gaveBack: false,
})

// A circuit that gives no permit says why.
const refused = (refusal: Refusal | null, gaveBack: boolean): CallAdmission => ({
  permits: null,
  refusal: refusal ?? 'open',
  gaveBack,
})

/** What a circuit is told when a call ends of which nothing is known: its lease is free again. */
export const givenBack = (permit: Permit, at: number): SettleEvent => ({
  type: 'settle',
  at,
  permit,
  verdict: 'neutral',
  slow: false,
  error: null,
  cooling: null,
})

/**
 * The permits of a call that was made without asking, judged by when it began; `mayTry`: whether it may count as a
 * trial, which one that comes under a permit whose lease is over may not.
 */
export function impliedPermits<Place extends CircuitPlace>(
  { own, model }: CallPlaces<Place>,
  call: { startedAt: number; at: number; mayTry: boolean },
  policy: BreakerPolicy,
): LevelPermits {
  const permitOf = ({ circuit }: Place) => {
    const permit = impliedPermit(stateAt(circuit, call.at, policy), call.startedAt)
    return permit?.kind === 'trial' && !call.mayTry ? null : permit
  }
  return { provider: permitOf(own), model: model && permitOf(model) }
}

/** What of an outcome circuits are told. */
export type CircuitOutcome = Pick<
  Outcome,
  | 'class'
  | 'kind'
  | 'message'
  | 'source'
  | 'model'
  | 'httpStatus'
  | 'completion'
  | 'accountWide'
  | 'at'
  | 'latencyMs'
  | 'retryAfterMs'
>

/** A finished call: when it is told of, how it ended, under which permits, and all the provider's models' places. */
export type SettledCall<Place> = {
  now: number
  outcome: CircuitOutcome
  permits: LevelPermits
  models: () => Iterable<Place>
  slowCallMs: number | null
}

/**
 * Tells both circuits how a call ended, and the provider's when its models bring it down. Says whether that changed
 * anything which is recorded.
 */
export function settleCall<Place extends CircuitPlace>(
  { own, model }: CallPlaces<Place>,
  call: SettledCall<Place>,
  drive: Drive<Place>,
): boolean {
  const { outcome, permits } = call
  const effects = effectsOf(outcome, own.circuit.completionsOnly)
  const ofOwn = settle(own, { call, permit: permits.provider, effect: effects.provider }, drive)
  if (effects.model === null || model === null) return isRecorded(ofOwn)
  model.lastTrafficAt = Math.max(model.lastTrafficAt, outcome.at)
  const ofModel = settle(model, { call, permit: permits.model, effect: effects.model }, drive)
  const opened = ofModel?.transitions.some(({ to }) => to === 'open') === true
  if (opened) bringDown(own, call, drive)
  return isRecorded(ofOwn) || isRecorded(ofModel)
}

const isRecorded = (change: Change | null) =>
  change !== null && (change.transitions.length > 0 || change.events.length > 0)

type Told<Place> = { call: SettledCall<Place>; permit: Permit | null; effect: LevelEffect }

/** Null for a call without a permit, which moves nothing. */
function settle<Place extends CircuitPlace>(
  place: Place,
  { call: { now, outcome, slowCallMs }, permit, effect }: Told<Place>,
  drive: Drive<Place>,
): Change | null {
  if (permit === null) return null
  const { latencyMs } = outcome
  return drive(place, {
    type: 'settle',
    at: now,
    permit,
    verdict: effect.verdict,
    slow: outcome.class === 'ok' && slowCallMs !== null && latencyMs !== null && latencyMs > slowCallMs,
    error: outcome.message ?? outcome.kind,
    cooling: effect.cools ? coolingOf(outcome) : null,
  })
}

function coolingOf({ retryAfterMs, at, message, class: outcomeClass }: CircuitOutcome) {
  if (retryAfterMs === null) return null
  return { until: at + retryAfterMs, reason: message ?? outcomeClass }
}

function bringDown<Place extends CircuitPlace>(
  own: Place,
  { now: at, outcome, models }: SettledCall<Place>,
  drive: Drive<Place>,
): void {
  const states = Array.from(models(), ({ circuit, lastTrafficAt }) => ({
    state: circuit.state,
    lastTrafficAt,
  }))
  if (!modelsBringDown(states, at)) return
  const errors = [`${outcome.model ?? 'a model'}: ${outcome.message ?? outcome.class}`]
  drive(own, { type: 'models_open', at, errors })
}

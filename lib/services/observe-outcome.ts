import type { Cooling, Permit } from '#lib/domain/circuit.ts'
import type { Change } from '#lib/domain/circuit-change.ts'
import { healthVerdict, type Outcome } from '#lib/domain/outcome.ts'
import { observePeakEwma } from '#lib/domain/peak-ewma.ts'
import { addOutcome } from '#lib/domain/traffic-sample.ts'
import { effectsOf, modelsBringDown, type LevelEffect } from '#lib/domain/two-levels.ts'
import { newSlot, type CircuitSlot } from './circuit-slot.ts'
import { driveCircuit } from './drive-circuit.ts'
import type { Fleet } from './fleet.ts'
import { judgeProvider, takeSample } from './judge-provider.ts'
import { rememberCheck, type ProviderEntry } from './provider-entry.ts'
import type { CheckRecord } from './records.ts'

/** The permits a call was made under, of the provider's circuit and of its model's; null moves nothing there. */
export type Permits = { provider: Permit | null; model: Permit | null }

/**
 * The one door for outcomes: circuits, health, counts and history learn of it, in this order, at once. Returns
 * the outcome as history keeps it. A provider that is gone meanwhile is not missed.
 */
export function observeOutcome(fleet: Fleet, outcome: Outcome, permits: Permits): CheckRecord {
  const check = checkOf(outcome)
  const entry = fleet.entries.get(outcome.providerId)
  if (entry === undefined) return check
  const { status } = entry.health
  const moved = moveCircuits(fleet, entry, { outcome, permits })
  entry.hour.record(outcome)
  if (outcome.class === 'ok' && outcome.latencyMs !== null)
    entry.latency.record(outcome.at, outcome.latencyMs)
  if (outcome.source === 'active') {
    takeCheck(fleet, entry, { outcome, check })
    record(fleet, check)
    return check
  }
  takeTraffic(fleet, entry, outcome)
  fleet.trafficRows.add(check, fleet.clock.now())
  // What traffic merely counts is told once a second; what it changes, at once.
  if (moved || entry.health.status !== status) fleet.bus.emit({ type: 'row', providerId: check.providerId })
  return check
}

/** Hands a row to history and tells of it. */
function record(fleet: Fleet, check: CheckRecord): void {
  fleet.journal.appendCheck(check)
  fleet.bus.emit({ type: 'check', check })
  fleet.bus.emit({ type: 'row', providerId: check.providerId })
}

/** Hands the traffic that waits to history, a row for all that ended alike; returns the ids of its providers. */
export function recordTraffic(fleet: Fleet): Set<string> {
  const providerIds = new Set<string>()
  for (const check of fleet.trafficRows.take()) {
    fleet.journal.appendCheck(check)
    fleet.bus.emit({ type: 'check', check })
    if (fleet.entries.has(check.providerId)) providerIds.add(check.providerId)
  }
  return providerIds
}

/** Remembers a due check that was not run: it is no outcome, only a mark with its reason. */
export function observeSkipped(fleet: Fleet, entry: ProviderEntry, check: CheckRecord): void {
  rememberCheck(entry, check)
  record(fleet, check)
}

const checkOf = (outcome: Outcome): CheckRecord => ({
  providerId: outcome.providerId,
  model: outcome.model,
  source: outcome.source,
  at: outcome.at,
  class: outcome.class,
  latencyMs: outcome.latencyMs,
  phases: outcome.phases,
  httpStatus: outcome.httpStatus,
  kind: outcome.kind,
  message: outcome.message,
  skipped: null,
  count: 1,
  latencies: null,
})

function takeCheck(
  fleet: Fleet,
  entry: ProviderEntry,
  { outcome, check }: { outcome: Outcome; check: CheckRecord },
): void {
  rememberCheck(entry, check)
  const verdict = healthVerdict(outcome.class)
  if (verdict === 'none') return judgeProvider(fleet, entry, null)
  takeSample(fleet, entry, {
    source: 'active',
    verdict,
    credentials: outcome.class === 'credentials',
    latencyMs: outcome.latencyMs,
    at: outcome.at,
    error: outcome.message,
  })
}

function takeTraffic(fleet: Fleet, entry: ProviderEntry, outcome: Outcome): void {
  fleet.hour.record(outcome)
  const verdict = healthVerdict(outcome.class)
  const { latencyMs, at } = outcome
  if (verdict !== 'none' && latencyMs !== null) {
    entry.peakEwma = observePeakEwma(entry.peakEwma, { ok: verdict === 'success', latencyMs, at })
  }
  const { traffic, finished } = addOutcome(entry.traffic, outcome)
  entry.traffic = traffic
  if (traffic.second !== null) fleet.openSeconds.add(entry.provider.id)
  if (finished !== null) takeSample(fleet, entry, finished)
  else if (outcome.class === 'rate_limited') judgeProvider(fleet, entry, null)
}

type Settled = { outcome: Outcome; permits: Permits }

/** Tells both circuits how a call ended; says whether that changed anything which is recorded. */
function moveCircuits(fleet: Fleet, entry: ProviderEntry, { outcome, permits }: Settled): boolean {
  const effects = effectsOf(outcome, entry.own.circuit.completionsOnly)
  const now = fleet.clock.now()
  const own = settle(fleet, entry.own, { outcome, permit: permits.provider, effect: effects.provider, now })
  if (effects.model === null || outcome.model === null) return isRecorded(own)
  const slot = modelSlot(fleet, entry, outcome.model)
  if (slot === null) return isRecorded(own)
  slot.lastTrafficAt = Math.max(slot.lastTrafficAt, outcome.at)
  const models = settle(fleet, slot, { outcome, permit: permits.model, effect: effects.model, now })
  const opened = models?.transitions.some(({ to }) => to === 'open') === true
  if (opened) bringDownByModels(fleet, entry, outcome)
  return isRecorded(own) || isRecorded(models)
}

const isRecorded = (change: Change | null) =>
  change !== null && (change.transitions.length > 0 || change.events.length > 0)

type Told = { outcome: Outcome; permit: Permit | null; effect: LevelEffect; now: number }

/** Tells a circuit how a call ended; null for a call without a permit, which moves nothing. */
function settle(fleet: Fleet, slot: CircuitSlot, { outcome, permit, effect, now }: Told): Change | null {
  if (permit === null) return null
  const { slowCallMs } = entryPolicy(fleet, slot)
  const slow =
    outcome.class === 'ok' &&
    slowCallMs !== null &&
    outcome.latencyMs !== null &&
    outcome.latencyMs > slowCallMs
  const { step } = driveCircuit(fleet, slot, {
    event: {
      type: 'settle',
      at: now,
      permit,
      verdict: effect.verdict,
      slow,
      error: outcome.message ?? outcome.kind,
      cooling: effect.cools ? coolingOf(outcome) : null,
    },
  })
  return step
}

const entryPolicy = (fleet: Fleet, slot: CircuitSlot) =>
  fleet.entries.get(slot.providerId)?.policies.breaker ?? { slowCallMs: null }

function coolingOf({ retryAfterMs, at, message, class: outcomeClass }: Outcome): Cooling | null {
  if (retryAfterMs === null) return null
  return { until: at + retryAfterMs, reason: message ?? outcomeClass }
}

/** How many models of one provider have circuits of their own: names come from callers, and must not fill the memory. */
export const MAX_MODELS = 500

/** The model's circuit, made at its first call; null when the provider has too many. */
export function modelSlot(fleet: Fleet, entry: ProviderEntry, model: string): CircuitSlot | null {
  const known = entry.models.get(model)
  if (known !== undefined) return known
  if (entry.models.size >= MAX_MODELS) return null
  // Closed for as long as its provider is known, so that calls which were under way at the first one's end count too.
  const slot = newSlot({ providerId: entry.provider.id, model }, entry.provider.createdAt)
  entry.models.set(model, slot)
  fleet.slots.set(slot.key, slot)
  return slot
}

function bringDownByModels(fleet: Fleet, entry: ProviderEntry, outcome: Outcome): void {
  const at = fleet.clock.now()
  const models = [...entry.models.values()].map(({ circuit, lastTrafficAt }) => ({
    state: circuit.state,
    lastTrafficAt,
  }))
  if (!modelsBringDown(models, at)) return
  const errors = [`${outcome.model ?? 'a model'}: ${outcome.message ?? outcome.class}`]
  driveCircuit(fleet, entry.own, { event: { type: 'models_open', at, errors } })
}

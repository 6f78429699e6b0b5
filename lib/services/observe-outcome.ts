import { healthVerdict, type Outcome } from '#lib/domain/outcome.ts'
import { observePeakEwma } from '#lib/domain/peak-ewma.ts'
import { addOutcome } from '#lib/domain/traffic-sample.ts'
import { impliedPermits, settleCall, type LevelPermits } from '#lib/domain/two-level-calls.ts'
import { newSlot, type CircuitSlot } from './circuit-slot.ts'
import { driveCircuit } from './drive-circuit.ts'
import type { Fleet } from './fleet.ts'
import { judgeProvider, takeSample } from './judge-provider.ts'
import type { Asked } from './ended-call.ts'
import { rememberCheck, type ProviderEntry } from './provider-entry.ts'
import type { CheckRecord } from './records.ts'

/** The permits a call was made under, and that it had asked for them. */
export type Permits = LevelPermits & { asked: Asked }

/** The same, or that it was made without asking, or reported under a permit that was over. */
export type Permission = Permits | 'implied' | 'expired'

/**
 * The one door for outcomes: circuits, health, counts and history learn of it, in this order, at once. A call without
 * permits counts for a circuit only if it began in its present state. Returns the outcome as history keeps it. A
 * provider that is gone meanwhile is not missed.
 */
export function observeOutcome(fleet: Fleet, outcome: Outcome, permits: Permission): CheckRecord {
  const check = checkOf(outcome)
  const entry = fleet.entries.get(outcome.providerId)
  if (entry === undefined) return check
  const { status } = entry.health
  const now = fleet.clock.now()
  const moved = moveCircuits(fleet, entry, { outcome, permits, now })
  entry.hour.record(outcome)
  entry.counts.countOutcome(outcome)
  if (outcome.class === 'ok' && outcome.latencyMs !== null)
    entry.latency.record(outcome.at, outcome.latencyMs)
  if (outcome.source === 'active') {
    takeCheck(fleet, entry, { outcome, check })
    record(fleet, check)
    return check
  }
  takeTraffic(fleet, entry, outcome)
  fleet.trafficRows.add(check, now)
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
  if (check.skipped !== null) entry.counts.countSkipped(check.skipped)
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

type Settled = { outcome: Outcome; permits: Permission; now: number }

/** Tells both circuits how a call ended; says whether that changed anything which is recorded. */
function moveCircuits(fleet: Fleet, entry: ProviderEntry, { outcome, permits, now }: Settled): boolean {
  fleet.recorder.prepare(entry, fleet.settings.version, now)
  const { source, model, startedAt } = outcome
  const slot = source === 'passive' && model !== null ? modelSlot(fleet, entry, model) : null
  const places = { own: entry.own, model: slot }
  const policy = entry.policies.breaker
  const mayTry = permits !== 'expired'
  const held =
    typeof permits === 'string' ? impliedPermits(places, { startedAt, at: now, mayTry }, policy) : permits
  const moved = settleCall(
    places,
    { now, outcome, permits: held, models: () => entry.models.values(), slowCallMs: policy.slowCallMs },
    (place: CircuitSlot, event) => driveCircuit(fleet, place, { event }).step,
  )
  fleet.recorder.end(entry, {
    outcome,
    permits: held,
    asked: typeof permits === 'string' ? permits : permits.asked,
    at: now,
    moved,
  })
  return moved
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

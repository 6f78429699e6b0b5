import { readPeakEwma } from '#lib/domain/peak-ewma.ts'
import type { Candidate } from '#lib/domain/routing/candidate.ts'
import type { RequestFacts } from '#lib/domain/routing/request-facts.ts'
import type { Member, Route } from '#lib/domain/routing/route.ts'
import type { CircuitSlot } from '../circuit-slot.ts'
import type { Fleet } from '../fleet.ts'
import type { ProviderEntry } from '../provider-entry.ts'
import { circuitFacts } from './circuit-facts.ts'
import { priceAt } from './price-at.ts'
import { modelAt, requestedModel, servesApi } from './served-model.ts'

/** What a route's members are looked at for; `now` is the fleet's. */
export type AskedOf = { route: Route; facts: Pick<RequestFacts, 'model' | 'api'>; now: number }

type Wanted = AskedOf & { requested: string | null }

/** The facts about every member of a route as they stand now, in the members' order; nothing is changed by looking. */
export function candidatesOf(fleet: Fleet, asked: AskedOf): Candidate[] {
  return membersOf(fleet, { ...asked, requested: requestedModel(asked.route, asked.facts.model) })
}

/** The same for a request that leaves the model open: each member with the first of the route's models that it serves. */
export function candidatesForAny(fleet: Fleet, asked: Pick<AskedOf, 'route' | 'now'>): Candidate[] {
  return membersOf(fleet, { ...asked, facts: { model: '', api: null }, requested: null })
}

const membersOf = (fleet: Fleet, wanted: Wanted): Candidate[] =>
  withTokens(
    wanted.route.members.map((member) => {
      const entry = fleet.entries.get(member.providerId)
      return entry === undefined ? absent(member) : candidateOf(entry, member, wanted)
    }),
  )

/**
 * Who was never measured is taken to answer at the length of those that were: a guess made for all alike would make
 * the measured look cheap where answers are short, and nobody would ever learn better.
 */
function withTokens(candidates: Candidate[]): Candidate[] {
  let sum = 0
  let measured = 0
  for (const { outputTokens } of candidates) {
    if (outputTokens === null) continue
    sum += outputTokens
    measured += 1
  }
  if (measured === 0 || measured === candidates.length) return candidates
  for (const candidate of candidates) candidate.outputTokens ??= sum / measured
  return candidates
}

function candidateOf(entry: ProviderEntry, member: Member, wanted: Wanted): Candidate {
  const { provider, policies, health } = entry
  const { now } = wanted
  const model = servesApi(provider, wanted.facts.api) ? modelAt(provider, member, wanted) : null
  const slot = model === null ? null : (entry.models.get(model) ?? null)
  const circuits = { own: entry.own.circuit, model: slot && slot.circuit }
  const circuit = circuitFacts(circuits, policies.breaker, now)
  const judged = healthOf(entry)
  return {
    providerId: provider.id,
    model,
    enabled: provider.enabled,
    forcedOpen: circuit.forcedOpen,
    refusal: refusalOf(entry, now),
    gate: circuit.gate,
    state: circuit.state,
    coolingUntil: circuit.coolingUntil,
    retryAt: circuit.retryAt,
    health: judged.health,
    healthReason: judged.healthReason,
    inFlight: entry.calls,
    maxConcurrency: provider.maxConcurrency,
    weight: member.weight ?? provider.weight,
    priority: member.priority ?? provider.priority,
    ramp: circuit.ramp,
    region: provider.region,
    coordinates: provider.coordinates,
    peakEwmaMs: entry.peakEwma && readPeakEwma(entry.peakEwma, now),
    averageLatencyMs: health.averageLatencyMs,
    recentP95Ms: recentP95(entry, now),
    successRate: health.successRate,
    samples: health.samples,
    consecutiveFailures: failuresNow(entry, slot, now),
    outputTokens: tokensOf(slot),
    price: model === null ? null : priceAt(provider, model, slot),
  }
}

const refusalOf = ({ refusal }: ProviderEntry, now: number): string | null =>
  refusal !== null && now < refusal.until ? refusal.reason : null

const tokensOf = (slot: CircuitSlot | null): number | null => slot?.tokens?.outputTokens ?? null

/** Health is told of traffic once a second; refused credentials open the circuit at once, and must count as soon. */
function healthOf({ health, own }: ProviderEntry): Pick<Candidate, 'health' | 'healthReason'> {
  if (own.circuit.state === 'open' && own.openedBy === 'credentials' && !health.credentialsFailed) {
    return { health: 'credentials', healthReason: `credentials: ${own.circuit.lastErrors[0] ?? 'refused'}` }
  }
  const isOut = health.status === 'unhealthy'
  const verdict = !isOut ? 'fine' : health.credentialsFailed ? 'credentials' : 'unhealthy'
  return { health: verdict, healthReason: health.reason }
}

/** How long a percentile holds: working it out for every request would cost more than the request's other decisions. */
const P95_HOLDS_MS = 1_000

function recentP95(entry: ProviderEntry, now: number): number | null {
  if (entry.p95 === null || now - entry.p95.at >= P95_HOLDS_MS) {
    entry.p95 = { at: now, ms: entry.latency.p95(now) }
  }
  return entry.p95.ms
}

/**
 * Failures in a row, calls and samples alike. Those that are older than the recovery time-out no longer speak: who was
 * left for them gets no traffic, and so could never take them back.
 */
function failuresNow(entry: ProviderEntry, model: CircuitSlot | null, now: number): number {
  const since = now - entry.policies.breaker.recoveryTimeoutMs
  const { active, passive } = entry.health
  const ofChecks = isAfter(active.lastAt, since) ? active.consecutiveFailures : 0
  const ofTraffic = isAfter(passive.lastAt, since) ? passive.consecutiveFailures : 0
  const isHeard = isAfter(active.lastAt, since) || isAfter(passive.lastAt, since)
  const ofCalls = isHeard ? entry.own.circuit.consecutiveFailures : 0
  const ofModel = model !== null && model.lastTrafficAt > since ? model.circuit.consecutiveFailures : 0
  return Math.max(ofChecks, ofTraffic, ofCalls, ofModel)
}

const isAfter = (at: number | null, since: number): boolean => at !== null && at > since

/** A member whose provider is not there any more. */
const absent = ({ providerId, model, weight, priority }: Member): Candidate => ({
  providerId,
  model,
  enabled: false,
  deleted: true,
  forcedOpen: false,
  refusal: null,
  gate: 'closed',
  state: 'closed',
  coolingUntil: null,
  retryAt: null,
  health: 'fine',
  healthReason: '',
  inFlight: 0,
  maxConcurrency: null,
  weight: weight ?? 1,
  priority: priority ?? 0,
  ramp: 1,
  region: null,
  coordinates: null,
  peakEwmaMs: null,
  averageLatencyMs: null,
  recentP95Ms: null,
  successRate: 1,
  samples: 0,
  consecutiveFailures: 0,
  outputTokens: null,
  price: null,
})

import { policiesOf } from '#lib/contract/policies.ts'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import type { MonitorFacts, ProviderFacts, SubjectFacts } from '#lib/domain/alerts/facts.ts'
import { newHealth, observeHealth, type HealthAverages } from '#lib/domain/health.ts'
import { judgeHealth } from '#lib/domain/judge-health.ts'
import { MinuteCounts } from '#lib/services/alerts/minute-counts.ts'
import { fails, type Weather } from './weather-script.ts'

/** When the year begins, epoch ms. */
export const T0 = Date.parse('2026-01-01T00:00:00Z')
export const PROVIDERS = 8
export const CHECK_MS = 30_000
/** Checks are spread over their interval. */
const SPREAD_MS = CHECK_MS / PROVIDERS
/** How long the canary takes to see that our network is gone, and that it is back. */
export const CANARY_MS = 5_000

const POLICIES = policiesOf(DEFAULT_SETTINGS)

export type Provider = { health: HealthAverages; counts: MinuteCounts; failuresInARow: number }
export type Sent = { everyFailure: number; threeInARow: number; notices: number }

/** The fleet as the year begins. */
export const newFleet = (): Provider[] =>
  Array.from({ length: PROVIDERS }, () => ({
    health: newHealth(T0),
    counts: new MinuteCounts(),
    failuresInARow: 0,
  }))

type Round = { at: number; dice: () => number; sent: Sent; calls: number }

/** Checks those that are due, and lets them be called so often since the last check. */
export function check(
  providers: readonly Provider[],
  current: readonly Weather[],
  { at, dice, sent, calls }: Round,
): void {
  for (const [index, provider] of providers.entries()) {
    if ((at - index * SPREAD_MS) % CHECK_MS !== 0) continue
    const hit = current.filter((one) => (one.provider ?? index) === index && at < one.to)
    const isBad = hit.some((one) => fails(one, at, dice))
    provider.failuresInARow = isBad ? provider.failuresInARow + 1 : 0
    if (isBad) sent.everyFailure += 1
    // As `judgeCall` has it: what fails while the canary is away too says nothing of a provider.
    const isOurs = isBad && isCutOff(current, at)
    if (provider.failuresInARow === 3) sent.threeInARow += 1
    if (isOurs) continue
    take(provider, isBad, T0 + at)
    let failed = 0
    for (let call = 0; call < calls; call += 1) failed += Number(callFails(hit, at, dice))
    provider.counts.record(T0 + at, { ok: calls - failed, failed, traffic: calls })
  }
}

/** Whether a call of traffic fails: what is no more than a blip is a check's alone. */
const callFails = (hit: readonly Weather[], at: number, dice: () => number): boolean =>
  hit.some((one) => one.kind !== 'blip' && fails(one, at, dice))

function take(provider: Provider, isBad: boolean, now: number): void {
  const verdict = isBad ? 'failure' : 'success'
  const sample = {
    source: 'active',
    verdict,
    credentials: false,
    latencyMs: isBad ? null : 200,
    at: now,
    error: isBad ? 'connect refused' : null,
  } as const
  const facts = {
    now,
    enabled: true,
    verdict,
    coolingUntil: null,
    p95Ms: null,
    latencySamples: 0,
    intervalMs: CHECK_MS,
    refusal: null,
  } as const
  provider.health = judgeHealth(
    observeHealth(provider.health, sample, POLICIES.health),
    facts,
    POLICIES.health,
  )
}

/** Whether the canary knows that our own network is away. */
const isCutOff = (current: readonly Weather[], at: number): boolean =>
  current.some(({ kind, from, to }) => kind === 'ourNetwork' && at >= from + CANARY_MS && at < to + CANARY_MS)

/** What rules look at. */
export function factsAt(
  providers: readonly Provider[],
  current: readonly Weather[],
  at: number,
): SubjectFacts[] {
  const isDown = isCutOff(current, at)
  const monitor: MonitorFacts = {
    type: 'monitor',
    key: 'monitor',
    subject: { type: 'monitor' },
    providerId: null,
    tags: [],
    checkIntervalMs: null,
    isImpaired: isDown,
    isEgressDown: isDown,
    reason: isDown ? 'the network cannot be reached' : null,
  }
  return [monitor, ...providers.map(({ health }, index) => providerFacts(health, index))]
}

const providerFacts = ({ status, reason }: HealthAverages, index: number): ProviderFacts => ({
  type: 'provider',
  key: `provider:p${index}`,
  subject: { type: 'provider', id: `p${index}`, name: `p${index}` },
  providerId: `p${index}`,
  tags: [],
  checkIntervalMs: CHECK_MS,
  status,
  reason,
  probeCost: null,
})

/** What rules count in. */
export const windowsAt = (providers: readonly Provider[], now: number) => ({
  windowOf: (key: string, windowMs: number) => {
    const counts = providers[Number(key.slice('provider:p'.length))]?.counts.countsIn(now, windowMs)
    return counts === undefined ? null : { ok: counts.ok, failed: counts.failed, p95Ms: null }
  },
  trafficIn: () => null,
})

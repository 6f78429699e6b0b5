import { policiesOf } from '#lib/contract/policies.ts'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { compileRule } from '#lib/domain/alerts/evaluate-rules.ts'
import type { MonitorFacts, ProviderFacts, SubjectFacts } from '#lib/domain/alerts/facts.ts'
import { GROUPING_DEFAULTS } from '#lib/domain/alerts/grouping-policy.ts'
import type { Incident } from '#lib/domain/alerts/incident.ts'
import { EMPTY_BOOK, tick, type AlertBook } from '#lib/domain/alerts/tick.ts'
import { newHealth, observeHealth, type HealthAverages } from '#lib/domain/health.ts'
import { judgeHealth } from '#lib/domain/judge-health.ts'
import { FIRST_RULES } from '#lib/services/alerts/first-rules.ts'
import { MinuteCounts } from '#lib/services/alerts/minute-counts.ts'
import { measureOf, type Measure } from './report.ts'
import { diceOf, fails, type Weather, YEAR_MS, yearOfWeather } from './weather-script.ts'

const measure = measureOf('weather')

const PROVIDERS = 8
const SEED = 20_261_128
const T0 = Date.parse('2026-01-01T00:00:00Z')
const CHECK_MS = 30_000
/** Traffic to a provider between two checks, where there is any. */
const CALLS = 10
/** Checks are spread over their interval. */
const SPREAD_MS = CHECK_MS / PROVIDERS
const TICK_MS = 1_250
/** After the last thing that happened the watch goes on for so long. */
const CALM_AFTER_MS = 45 * 60_000
/** How long the canary takes to see that our network is gone, and that it is back. */
const CANARY_MS = 5_000
/** How long after the end of an outage its incident may begin and still be about it. */
const LATE_MS = 5 * 60_000

const RULES = FIRST_RULES.map(compileRule)
const POLICIES = policiesOf(DEFAULT_SETTINGS)

const KINDS = ['outage', 'flap', 'brownout', 'fleet', 'ourNetwork'] as const

type Provider = { health: HealthAverages; counts: MinuteCounts; failuresInARow: number }
type Sent = { everyFailure: number; threeInARow: number; notices: number }

/** A year of outages, blips, flaps, brown-outs and of our own network's troubles, through what decides. */
export default function weather(): Promise<Measure[]> {
  const { real, told, matched, missed, sent } = yearWith(CALLS)
  const checksAlone = yearWith(0)
  return Promise.resolve([
    measure('real outages in the year', [real.length, '']),
    measure('incidents a real outage', [matched.length / real.length, ''], { at: 'most', value: 1 }),
    ...KINDS.map((kind) =>
      measure(`incidents, each ${kind}`, [
        matched.filter((incident) => real.some((one) => one.kind === kind && isAbout(incident, one))).length /
          real.filter((one) => one.kind === kind).length,
        '',
      ]),
    ),
    measure('outages that nobody was told of', [missed.length, ''], { at: 'most', value: 0 }),
    measure('false alarms', [told.length - matched.length, ''], { at: 'most', value: 0 }),
    measure('with checks alone, no traffic: incidents a real outage', [
      checksAlone.matched.length / checksAlone.real.length,
      '',
    ]),
    measure('the same: nobody told', [checksAlone.missed.length, '']),
    measure('the same: false alarms', [checksAlone.told.length - checksAlone.matched.length, '']),
    measure('notifications to a channel, recoveries and reminders included', [sent.notices, '']),
    measure('"alert on every failed check" would have sent', [sent.everyFailure, '']),
    measure('"3 in a row" would have sent', [sent.threeInARow, '']),
  ])
}

/** What became of the year with so many calls of traffic between two checks. */
function yearWith(calls: number) {
  const dice = diceOf(SEED)
  const script = yearOfWeather(PROVIDERS, dice)
  const { incidents, sent } = live(script, dice, calls)
  const real = script.filter(({ isReal }) => isReal)
  const told = incidents.filter(({ told: { lastAt }, mergedInto }) => lastAt !== null && mergedInto === null)
  const matched = told.filter((incident) => real.some((one) => isAbout(incident, one)))
  const missed = real.filter((one) => !told.some((incident) => isAbout(incident, one)))
  return { real, told, matched, missed, sent }
}

/** Whether an incident is the one that an outage ought to be. */
function isAbout({ cause, startedAt }: Incident, { kind, provider, from, to }: Weather): boolean {
  const at = startedAt - T0
  if (at < from || at > to + LATE_MS) return false
  if (kind === 'ourNetwork') return cause === 'monitor'
  return kind === 'fleet' ? cause === 'fleet' : cause === `provider:p${provider}`
}

/** Lives through the year; hours in which nothing happens and nothing is open are skipped. */
function live(script: readonly Weather[], dice: () => number, calls: number) {
  const providers = Array.from({ length: PROVIDERS }, (): Provider => ({
    health: newHealth(T0),
    counts: new MinuteCounts(),
    failuresInARow: 0,
  }))
  const sent: Sent = { everyFailure: 0, threeInARow: 0, notices: 0 }
  const incidents = new Map<string, Incident>()
  let book = EMPTY_BOOK
  let next = 0
  let current: Weather[] = []
  let calmFrom = 0
  for (let at = 0; at < YEAR_MS; at += TICK_MS) {
    for (let one = script[next]; one !== undefined && one.from <= at; one = script[++next]) current.push(one)
    if (current.length > 0) {
      calmFrom = at + CALM_AFTER_MS
      current = current.filter(({ to }) => to + CANARY_MS > at)
    }
    if (isCalm(book, current) && at > calmFrom) {
      at = skipTo(script[next]?.from ?? YEAR_MS, at)
      continue
    }
    check(providers, current, { at, dice, sent, calls })
    const result = look(book, providers, { current, at })
    book = result.book
    sent.notices += result.due.length
    for (const incident of result.incidents) incidents.set(incident.id, incident)
  }
  return { incidents: [...incidents.values()], sent }
}

const isCalm = (book: AlertBook, current: readonly Weather[]): boolean =>
  book.incidents.size === 0 && current.length === 0

/** A multiple of the tick and of the checks' interval, some minutes before the next thing happens. */
function skipTo(next: number, at: number): number {
  const before = Math.floor((next - 10 * 60_000) / CHECK_MS) * CHECK_MS
  return Math.max(at, before - TICK_MS)
}

type Sight = { current: readonly Weather[]; at: number }

let ids = 0
const look = (book: AlertBook, providers: readonly Provider[], { current, at }: Sight) =>
  tick(book, {
    rules: RULES,
    subjects: factsAt(providers, current, at),
    context: { now: T0 + at, windows: windowsAt(providers, T0 + at) },
    silences: [],
    policy: GROUPING_DEFAULTS,
    channelsOf: () => ['pager'],
    newId: () => `incident-${(ids += 1)}`,
  })

type Round = { at: number; dice: () => number; sent: Sent; calls: number }

function check(
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

function factsAt(providers: readonly Provider[], current: readonly Weather[], at: number): SubjectFacts[] {
  const isDown = isCutOff(current, at)
  const monitor: MonitorFacts = {
    type: 'monitor',
    key: 'monitor',
    subject: { type: 'monitor' },
    providerId: null,
    tags: [],
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
  status,
  reason,
  probeCost: null,
})

const windowsAt = (providers: readonly Provider[], now: number) => ({
  windowOf: (key: string, windowMs: number) => {
    const counts = providers[Number(key.slice('provider:p'.length))]?.counts.countsIn(now, windowMs)
    return counts === undefined ? null : { ok: counts.ok, failed: counts.failed, p95Ms: null }
  },
  trafficIn: () => null,
})

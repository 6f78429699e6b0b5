import { PerformanceObserver } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { DEFAULT_CONDITIONS, type AlertCondition } from '#lib/domain/alerts/condition.ts'
import { compileRule, type CompiledRule } from '#lib/domain/alerts/compiled-rule.ts'
import type { ProviderFacts, SubjectFacts, WindowCounts, Windows } from '#lib/domain/alerts/facts.ts'
import { GROUPING_DEFAULTS } from '#lib/domain/alerts/grouping-policy.ts'
import { RULE_DEFAULTS } from '#lib/domain/alerts/rule.ts'
import { EMPTY_BOOK, tick, type AlertBook } from '#lib/domain/alerts/tick.ts'
import { watchAlertsBy } from '#lib/server/alert-watch.ts'
import { measureOf, type Measure } from './report.ts'

const measure = measureOf('alerts')

const RULES = 500
const PROVIDERS = 500
const TICK_MS = 1_000
/** Between ticks while subjects are left over: as short as the watch rests at least. It is the garbage collector's time. */
const SOON_MS = 100
/** What is left of a second's rest, so that the bench comes to its end. */
const BREATH_MS = 10
/** When the whole fleet goes down and is back, ms since the beginning, and how long what that sets off goes on. */
const DOWN_AT = 20_000
const BACK_AT = 420_000
const ONSET_MS = 120_000
/** Until all is told to be over; and until nothing of it is remembered, which flapping needs for 20 rounds. */
const RECOVERY_MS = 600_000
const FORGOTTEN_MS = 1_300_000
const WINDOWS_MS = [300_000, 600_000, 1_800_000, 3_600_000, 21_600_000] as const
const T0 = 1_700_000_000_000

const CONDITIONS: readonly AlertCondition[] = [
  DEFAULT_CONDITIONS.provider_unhealthy,
  DEFAULT_CONDITIONS.provider_degraded,
  DEFAULT_CONDITIONS.success_rate,
  DEFAULT_CONDITIONS.latency_p95,
  DEFAULT_CONDITIONS.burn_rate,
  DEFAULT_CONDITIONS.no_traffic,
]

/** Rules of every kind that is about providers, each about all of them. */
const rules: readonly CompiledRule[] = Array.from({ length: RULES }, (_, index) =>
  compileRule({
    id: `rule-${index}`,
    name: `Rule ${index}`,
    condition: CONDITIONS[index % CONDITIONS.length] ?? DEFAULT_CONDITIONS.provider_unhealthy,
    ...RULE_DEFAULTS,
  }),
)

const provider = (index: number, isDown: boolean): ProviderFacts => ({
  type: 'provider',
  key: `provider:${index}`,
  subject: { type: 'provider', id: `${index}`, name: `provider-${index}` },
  providerId: `${index}`,
  tags: ['eu'],
  checkIntervalMs: 30_000,
  status: isDown ? 'unhealthy' : 'healthy',
  reason: isDown ? '3 failures in a row: refused' : 'all well',
  probeCost: null,
})

/** As a service keeps them: a map of windows for each subject. */
function countsOf(failed: (index: number) => number): Map<string, Map<number, WindowCounts>> {
  return new Map(
    Array.from({ length: PROVIDERS }, (_, index) => {
      const counts = {
        ok: 100 - failed(index),
        failed: failed(index),
        p95Ms: failed(index) > 0 ? 8_000 : 800,
      }
      return [`provider:${index}`, new Map(WINDOWS_MS.map((windowMs) => [windowMs, counts]))]
    }),
  )
}

/** Windows in which more than half of the calls to whoever is down have failed. */
function windowsOf(isDown: (index: number) => boolean): Windows {
  const counts = countsOf((index) => (isDown(index) ? 60 : 0))
  return {
    windowOf: (key, windowMs) => counts.get(key)?.get(windowMs) ?? null,
    trafficIn: (key) => ((counts.get(key)?.get(WINDOWS_MS[0])?.failed ?? 0) > 0 ? 0 : 100),
  }
}

/** What every tick is given. */
const COMMON = {
  rules,
  enabledProviders: PROVIDERS,
  silences: [],
  policy: GROUPING_DEFAULTS,
  channelsOf: () => ['pager'],
}

type Run = { slowestMs: number; medianMs: number; notices: number }

/** What an outage of all is like at a time, in ms since the beginning. */
type World = { lastsMs: number; isDown: (index: number, at: number) => boolean }

/** Ticks a fleet of which some providers are down; facts are gathered anew for each tick, outside the time. */
async function run({
  lastsMs,
  isDown,
}: World): Promise<Run & { timesOf: (from: number, to: number) => number[] }> {
  const times: { at: number; ms: number }[] = []
  let notices = 0
  let nextId = 0
  let book = EMPTY_BOOK
  let left: readonly SubjectFacts[] = []
  for (let at = 0; at < lastsMs; at += left.length > 0 ? SOON_MS : TICK_MS) {
    const subjects = inTurn(left, (index) => isDown(index, at))
    const context = { now: T0 + at, windows: windowsOf((index) => isDown(index, at)) }
    const startedAt = performance.now()
    const result = tick(book, { ...COMMON, subjects, context, newId: () => `incident-${nextId++}` })
    times.push({ at, ms: performance.now() - startedAt })
    book = result.book
    left = result.left
    notices += result.due.length
    await delay(left.length > 0 ? SOON_MS : BREATH_MS)
  }
  const timesOf = (from: number, to: number) =>
    times.filter(({ at }) => at >= from && at < to).map(({ ms }) => ms)
  // The first ticks are the compiler's.
  return { ...spreadOf(times.slice(5).map(({ ms }) => ms)), notices, timesOf }
}

/** Everybody, those first who were left over. */
function inTurn(left: readonly SubjectFacts[], isDown: (index: number) => boolean): SubjectFacts[] {
  const order = new Set(left.map(({ providerId }) => Number(providerId)))
  for (let index = 0; index < PROVIDERS; index += 1) order.add(index)
  return [...order].map((index) => provider(index, isDown(index)))
}

function spreadOf(times: readonly number[]): { slowestMs: number; medianMs: number } {
  const sorted = times.toSorted((a, b) => a - b)
  return {
    slowestMs: sorted.at(-1) ?? Number.NaN,
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
  }
}

/**
 * How long it takes until all pairs have been looked at once when all begin to fire at once, at the pace of the watch
 * itself, ms.
 */
function goneRoundMs(): Promise<number> {
  const windows = windowsOf(() => true)
  let nextId = 0
  let book: AlertBook = EMPTY_BOOK
  let subjects: readonly SubjectFacts[] = inTurn([], () => true)
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const stop = watchAlertsBy({
      bus: { on: () => () => undefined, emit: () => undefined },
      now: () => performance.now(),
      evaluate: () => {
        const context = { now: T0 + performance.now(), windows }
        const result = tick(book, { ...COMMON, subjects, context, newId: () => `incident-${nextId++}` })
        book = result.book
        subjects = inTurn(result.left, () => true)
        if (result.left.length > 0) return performance.now()
        stop()
        resolve(performance.now() - startedAt)
        return null
      },
      onFault: reject,
      timers: {
        after: (ms, run) => {
          const timer = setTimeout(run, ms)
          return () => clearTimeout(timer)
        },
      },
    })
  })
}

/** Runs, and says how long the collector stopped everything at the longest, in a tick or between two, ms. */
async function longestPauseMs<Result>(run: () => Promise<Result>): Promise<[Result, number]> {
  let longest = 0
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
  })
  observer.observe({ entryTypes: ['gc'] })
  const result = await run()
  // What was seen last is told a turn later.
  await delay(BREATH_MS)
  observer.disconnect()
  return [result, longest]
}

/** One tick of 500 rules about 500 providers each: quiet, with a few down, and when the whole fleet goes down and comes back. */
export default async function alerts(): Promise<Measure[]> {
  const quiet = await run({ lastsMs: 60_000, isDown: () => false })
  const few = await run({ lastsMs: 120_000, isDown: (index) => index % 100 === 0 })
  const [outage, pauseMs] = await longestPauseMs(() =>
    run({ lastsMs: BACK_AT + FORGOTTEN_MS, isDown: (_, at) => at >= DOWN_AT && at < BACK_AT }),
  )
  const onset = spreadOf(outage.timesOf(DOWN_AT, DOWN_AT + ONSET_MS))
  const lasting = spreadOf(outage.timesOf(DOWN_AT + ONSET_MS, BACK_AT))
  const recovery = spreadOf(outage.timesOf(BACK_AT, BACK_AT + RECOVERY_MS))
  const forgotten = spreadOf(outage.timesOf(BACK_AT + RECOVERY_MS, BACK_AT + FORGOTTEN_MS))
  const atMost50 = { at: 'most', value: 50 } as const
  return [
    measure('500 rules × 500 providers, all well, median tick', [quiet.medianMs, 'ms'], atMost50),
    measure('the same, slowest tick', [quiet.slowestMs, 'ms'], atMost50),
    measure('5 providers down, median tick', [few.medianMs, 'ms'], atMost50),
    measure('5 providers down, slowest tick', [few.slowestMs, 'ms'], atMost50),
    measure('all 250,000 pairs begin to fire, slowest tick', [onset.slowestMs, 'ms'], atMost50),
    measure('the same, median tick', [onset.medianMs, 'ms'], atMost50),
    measure('all 250,000 pairs fire, median tick', [lasting.medianMs, 'ms'], atMost50),
    measure('the same, slowest tick', [lasting.slowestMs, 'ms'], atMost50),
    measure('all 250,000 pairs recover, slowest tick', [recovery.slowestMs, 'ms'], atMost50),
    measure('all 250,000 pairs are forgotten, slowest tick', [forgotten.slowestMs, 'ms'], atMost50),
    measure("all down and back, the collector's longest pause", [pauseMs, 'ms']),
    measure('all begin to fire, until each pair was looked at once', [(await goneRoundMs()) / 1_000, 's']),
    measure('all down and back, notices a channel', [outage.notices, ''], { at: 'most', value: 3 }),
  ]
}

import { DEFAULT_CONDITIONS, type AlertCondition } from '#lib/domain/alerts/condition.ts'
import { compileRule, type CompiledRule } from '#lib/domain/alerts/compiled-rule.ts'
import type { ProviderFacts, SubjectFacts, WindowCounts } from '#lib/domain/alerts/facts.ts'
import { GROUPING_DEFAULTS } from '#lib/domain/alerts/grouping-policy.ts'
import { RULE_DEFAULTS } from '#lib/domain/alerts/rule.ts'
import { EMPTY_BOOK, tick, type AlertBook } from '#lib/domain/alerts/tick.ts'
import { measureOf, type Measure } from './report.ts'

const measure = measureOf('alerts')

const RULES = 500
const PROVIDERS = 500
const TICKS = 60
const TICK_MS = 15_000
const WINDOWS_MS = [300_000, 600_000, 1_800_000, 3_600_000, 21_600_000]
const T0 = 1_700_000_000_000

const CONDITIONS: readonly AlertCondition[] = [
  DEFAULT_CONDITIONS.provider_unhealthy,
  DEFAULT_CONDITIONS.provider_degraded,
  DEFAULT_CONDITIONS.success_rate,
  DEFAULT_CONDITIONS.latency_p95,
  DEFAULT_CONDITIONS.burn_rate,
  DEFAULT_CONDITIONS.probe_cost,
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
      const counts = { ok: 100 - failed(index), failed: failed(index), p95Ms: 800 }
      return [`provider:${index}`, new Map(WINDOWS_MS.map((windowMs) => [windowMs, counts]))]
    }),
  )
}

type Run = { slowestMs: number; medianMs: number; notices: number; book: AlertBook }

/** Ticks a fleet of which some providers are down; facts are gathered anew for each tick, outside the time. */
function run(isDown: (index: number, tickNo: number) => boolean): Run {
  const times: number[] = []
  let notices = 0
  let nextId = 0
  let book = EMPTY_BOOK
  for (let tickNo = 0; tickNo < TICKS; tickNo += 1) {
    const subjects: SubjectFacts[] = Array.from({ length: PROVIDERS }, (_, index) =>
      provider(index, isDown(index, tickNo)),
    )
    const counts = countsOf((index) => (isDown(index, tickNo) ? 60 : 0))
    const windows = {
      windowOf: (key: string, windowMs: number) => counts.get(key)?.get(windowMs) ?? null,
      trafficIn: () => 100,
    }
    const context = { now: T0 + tickNo * TICK_MS, windows }
    const startedAt = performance.now()
    const result = tick(book, {
      rules,
      subjects,
      enabledProviders: PROVIDERS,
      context,
      silences: [],
      policy: GROUPING_DEFAULTS,
      channelsOf: () => ['pager'],
      newId: () => `incident-${nextId++}`,
    })
    times.push(performance.now() - startedAt)
    book = result.book
    notices += result.due.length
  }
  // The first ticks are the compiler's.
  const warm = times.slice(5).sort((a, b) => a - b)
  return {
    slowestMs: warm.at(-1) ?? Number.NaN,
    medianMs: warm[Math.floor(warm.length / 2)] ?? Number.NaN,
    notices,
    book,
  }
}

/** One tick of 500 rules about 500 providers each: quiet, with a few down, and when the whole fleet goes down and comes back. */
export default function alerts(): Promise<Measure[]> {
  const quiet = run(() => false)
  const few = run((index) => index % 100 === 0)
  const outage = run((_, tickNo) => tickNo >= 10 && tickNo < 30)
  return Promise.resolve([
    measure('500 rules × 500 providers, all well, median tick', [quiet.medianMs, 'ms'], {
      at: 'most',
      value: 50,
    }),
    measure('the same, slowest tick', [quiet.slowestMs, 'ms'], { at: 'most', value: 50 }),
    measure('5 providers down, median tick', [few.medianMs, 'ms'], { at: 'most', value: 50 }),
    measure('5 providers down, slowest tick', [few.slowestMs, 'ms']),
    measure('all down and back, median tick', [outage.medianMs, 'ms']),
    measure('all down and back, slowest tick', [outage.slowestMs, 'ms']),
    measure('all down and back, notices a channel', [outage.notices, ''], { at: 'most', value: 3 }),
  ])
}

import { describe, expect, it } from 'vitest'
import { aCircuit, aMonitor, aProvider, aRoute, T0, windowsOf } from './alerts.fixture.ts'
import { CONDITION_TYPES, DEFAULT_CONDITIONS, type AlertCondition, type ConditionType } from './condition.ts'
import type { SubjectFacts, Windows } from './facts.ts'
import { judgeOf } from './judge.ts'
import { spanText, type Verdict } from './verdict.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const none = windowsOf()
const fiveMinutes = (ok: number, failed: number, p95Ms: number | null = null) =>
  windowsOf({ [5 * MINUTE_MS]: { ok, failed, p95Ms } })

/** Failures of 1,000 calls in the four windows of the default burn rate. */
const burning = (hour: number, fiveMin: number, sixHours: number, halfHour: number): Windows => {
  const counts = (failed: number) => ({ ok: 1_000 - failed, failed, p95Ms: null })
  return windowsOf({
    [HOUR_MS]: counts(hour),
    [5 * MINUTE_MS]: counts(fiveMin),
    [6 * HOUR_MS]: counts(sixHours),
    [30 * MINUTE_MS]: counts(halfHour),
  })
}

const oneTo = (type: ConditionType, change: object = {}) => ({ ...DEFAULT_CONDITIONS[type], ...change })

type Row = [
  condition: AlertCondition,
  facts: SubjectFacts,
  windows: Windows,
  verdict: Verdict,
  sentence?: string,
]
const unhealthy = aProvider('p1', { status: 'unhealthy', reason: '3 failures in a row: refused' })
const degraded = aProvider('p1', { status: 'degraded', reason: 'p95 4 s over 3 s' })
const cost = (spentUsd: number, projectedUsd: number | null, budgetUsd = 2) =>
  aProvider('p1', { probeCost: { spentUsd, projectedUsd, budgetUsd } })
const opened = (...agoMs: number[]) => aCircuit('p1', 'gpt-x', { openedAt: agoMs.map((ago) => T0 - ago) })

const ROWS: Row[] = [
  [oneTo('provider_unhealthy'), unhealthy, none, 'bad', 'p1 is unhealthy: 3 failures in a row: refused'],
  [oneTo('provider_unhealthy'), degraded, none, 'good'],
  [oneTo('provider_unhealthy'), aProvider('p1', { status: 'unknown' }), none, 'no_data'],
  [oneTo('provider_degraded'), degraded, none, 'bad', 'p1 is degraded: p95 4 s over 3 s'],
  [oneTo('provider_degraded'), unhealthy, none, 'bad', 'p1 is unhealthy: 3 failures in a row: refused'],
  [oneTo('provider_degraded'), aProvider('p1'), none, 'good'],
  [oneTo('provider_degraded'), aProvider('p1', { status: 'unknown' }), none, 'no_data'],
  [oneTo('circuit_opened'), aCircuit('p1', null), none, 'good'],
  [
    oneTo('circuit_opened'),
    aCircuit('p1', 'gpt-x', { state: 'open', lastError: 'refused' }),
    none,
    'bad',
    'The circuit of p1, model gpt-x is open: refused',
  ],
  [
    oneTo('circuit_opened'),
    aCircuit('p1', null, { state: 'half_open' }),
    none,
    'bad',
    'The circuit of p1 is half-open',
  ],
  [
    oneTo('circuit_flapping'),
    opened(800_000, 400_000, 0),
    none,
    'bad',
    'The circuit of p1, model gpt-x opened 3 times in 15 min',
  ],
  [oneTo('circuit_flapping'), opened(900_000, 400_000, 0), none, 'good'],
  [oneTo('success_rate'), aProvider('p1'), fiveMinutes(19, 1), 'good'],
  [
    oneTo('success_rate'),
    aProvider('p1'),
    fiveMinutes(18, 2),
    'bad',
    '90 % of 20 calls of p1 succeeded in 5 min, under 95 %',
  ],
  [oneTo('success_rate'), aProvider('p1'), fiveMinutes(0, 9), 'no_data'],
  [oneTo('success_rate', { minSamples: 0 }), aProvider('p1'), fiveMinutes(0, 0), 'no_data'],
  [oneTo('success_rate'), aProvider('p1'), none, 'no_data'],
  [
    oneTo('success_rate'),
    aRoute('chat'),
    fiveMinutes(0, 10),
    'bad',
    '0 % of 10 calls of route chat succeeded in 5 min, under 95 %',
  ],
  [oneTo('latency_p95'), aProvider('p1'), fiveMinutes(20, 0, 3_000), 'good'],
  [
    oneTo('latency_p95'),
    aProvider('p1'),
    fiveMinutes(20, 0, 4_200),
    'bad',
    'p1: p95 4.2 s over 3 s in 5 min',
  ],
  [oneTo('latency_p95'), aProvider('p1'), fiveMinutes(0, 20), 'no_data'],
  [oneTo('latency_p95'), aProvider('p1'), fiveMinutes(9, 0, 9_000), 'no_data'],
  [
    oneTo('burn_rate'),
    aProvider('p1'),
    burning(15, 20, 0, 0),
    'bad',
    'p1 spends its error budget 15.0 times as fast as 99.9 % allows over 1 h and 5 min',
  ],
  [oneTo('burn_rate'), aProvider('p1'), burning(14, 900, 5, 900), 'good'],
  [oneTo('burn_rate'), aProvider('p1'), burning(900, 14, 900, 5), 'good'],
  [
    oneTo('burn_rate'),
    aProvider('p1'),
    burning(0, 0, 6, 7),
    'bad',
    'p1 spends its error budget 6.0 times as fast as 99.9 % allows over 6 h and 30 min',
  ],
  [oneTo('burn_rate'), aProvider('p1'), fiveMinutes(0, 10), 'no_data'],
  [oneTo('burn_rate', { minSamples: 1_001 }), aProvider('p1'), burning(900, 900, 900, 900), 'no_data'],
  [oneTo('route_members'), aRoute('chat', { eligible: 2 }), none, 'good'],
  [
    oneTo('route_members'),
    aRoute('chat', { eligible: 1 }),
    none,
    'bad',
    'Route chat has 1 of 3 members eligible',
  ],
  [oneTo('no_traffic'), aRoute('chat'), windowsOf({}, 0), 'bad', 'route chat had no traffic in 10 min'],
  [oneTo('no_traffic'), aProvider('p1'), windowsOf({}, 1), 'good'],
  [oneTo('no_traffic'), aProvider('p1'), none, 'no_data'],
  [oneTo('probe_cost'), aProvider('p1'), none, 'good'],
  [oneTo('probe_cost'), cost(0.5, 1.99), none, 'good'],
  [
    oneTo('probe_cost'),
    cost(0.5, 2),
    none,
    'bad',
    'Probes of p1 will cost $2.00 today, of a budget of $2.00',
  ],
  [oneTo('probe_cost'), cost(0.5, null), none, 'no_data'],
  [oneTo('probe_cost'), cost(0, 0, 0), none, 'good'],
  [oneTo('probe_cost', { of: 'spent', share: 0.5 }), cost(0.99, 9), none, 'good'],
  [
    oneTo('probe_cost', { of: 'spent', share: 0.5 }),
    cost(1, null),
    none,
    'bad',
    'Probes of p1 have cost $1.00 today, of a budget of $2.00',
  ],
  [oneTo('override_ending'), aCircuit('p1', null), none, 'good'],
  [oneTo('override_ending'), aCircuit('p1', null, { overrideUntil: T0 + 900_001 }), none, 'good'],
  [
    oneTo('override_ending'),
    aCircuit('p1', null, { overrideUntil: T0 + 900_000 }),
    none,
    'bad',
    'The override of p1 ends in 15 min',
  ],
  [oneTo('override_ending'), aCircuit('p1', null, { overrideUntil: T0 }), none, 'good'],
  [oneTo('monitor_impaired'), aMonitor(), none, 'good'],
  [
    oneTo('monitor_impaired'),
    aMonitor({ isImpaired: true, reason: 'the event loop is late' }),
    none,
    'bad',
    'Switchyard is impaired: the event loop is late',
  ],
  [oneTo('monitor_impaired'), aMonitor({ isEgressDown: true }), none, 'bad', 'Switchyard is impaired'],
]

describe('judgeOf', () => {
  it.each(ROWS)('%o of %o', (condition, facts, windows, verdict, sentence) => {
    const judge = judgeOf(condition)
    const context = { now: T0, windows }
    expect(judge.verdictOf(facts, context)).toBe(verdict)
    if (sentence !== undefined) expect(judge.describe(facts, context).sentence).toBe(sentence)
  })

  it('is tested with good and with bad facts of every condition', () => {
    for (const type of CONDITION_TYPES) {
      const verdicts = ROWS.filter(([condition]) => condition.type === type).map(([, , , verdict]) => verdict)
      expect(verdicts, type).toEqual(expect.arrayContaining(['good', 'bad']))
    }
  })
})

describe('spanText', () => {
  it.each([
    [-5, '0 s'],
    [90_000, '90 s'],
    [60_000, '1 min'],
    [300_000, '5 min'],
    [3_600_000, '1 h'],
    [5_400_000, '90 min'],
    [21_600_000, '6 h'],
  ])('says %i ms as %s', (ms, text) => expect(spanText(ms)).toBe(text))
})

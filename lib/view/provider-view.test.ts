import { describe, expect, it } from 'vitest'
import type { Bucket, Check } from '#lib/contract/check.ts'
import type { CircuitSnapshot } from '#lib/contract/circuit.ts'
import type { ProviderSnapshot } from '#lib/contract/monitor.ts'
import type { OutcomeClass } from '#lib/domain/outcome.ts'
import { circuitFacts, modelCircuitLine, windowWords } from './circuit-facts-view.ts'
import { errorClassesIn, errorsView } from './errors-view.ts'
import {
  agreementWords,
  checkResultWords,
  healthScoreWords,
  overrideLine,
  providerHeadline,
} from './provider-view.ts'
import { thresholdNumber, thresholdsInForceView } from './thresholds-in-force-view.ts'
import { topSeries } from './top-series.ts'

const NOW = Date.UTC(2026, 0, 31, 12)
const iso = (secondsAgo: number) => new Date(NOW - secondsAgo * 1_000).toISOString()
/** Thin spaces between numbers and units are a matter of looks, not of these tests. */
const plain = (text: string | null) => text?.replaceAll('\u202f', ' ') ?? null

const circuit = (over: Partial<CircuitSnapshot> = {}): CircuitSnapshot => ({
  providerId: 'azure-eu',
  model: null,
  state: 'closed',
  effective: 'closed',
  override: null,
  cooling: null,
  consecutiveFailures: 0,
  window: { calls: 21, failures: 12, slow: 0 },
  openedAt: null,
  retryAt: null,
  openings: 0,
  trials: { inFlight: 0, succeeded: 0, allowed: 3 },
  since: iso(82),
  tripsLast24h: 3,
  generation: 7,
  trips: { failureThreshold: 5, failureRate: 0.5, minCalls: 10, windowMs: 60_000 },
  ...over,
})

const snapshot = (over: Partial<ProviderSnapshot> = {}): ProviderSnapshot => ({
  id: 'azure-eu',
  name: 'azure-eu',
  kind: 'azure-openai',
  enabled: true,
  region: null,
  tags: [],
  status: 'unhealthy',
  statusReason: '3 failures in a row: connect timeout',
  since: iso(240),
  consecutiveFailures: 3,
  averageLatencyMs: 412,
  successRate: 0.612,
  samples: 40,
  lastHour: {
    count: 0,
    successRate: null,
    p50Ms: null,
    p95Ms: null,
    share: null,
    earlierShare: null,
    traffic: {},
  },
  lastCheckAt: iso(10),
  nextCheckAt: iso(-20),
  intervalMs: 30_000,
  timeoutMs: 10_000,
  minSamples: 5,
  lastCheck: null,
  circuit: circuit(),
  models: [],
  recent: [],
  inFlight: 0,
  openModels: 0,
  heldModels: null,
  ...over,
})

describe('the headline of a provider', () => {
  const sentence = (over: Partial<ProviderSnapshot>, asOf = NOW) => {
    const { icon, sentence, since } = providerHeadline(snapshot(over), { asOf, now: NOW })
    return [icon, plain(sentence), plain(since)]
  }

  it('sets a name that is written from right to left apart from what is said of it', () => {
    expect(sentence({ name: 'ספק 2' })[1]).toContain('\u2068ספק 2\u2069 is ')
  })

  it('stops saying healthy when the answer is over a minute old', () => {
    expect(sentence({ status: 'healthy' }, NOW - 61_000).slice(0, 2)).toEqual([
      'unknown',
      'azure-eu is unknown now: no news from the monitor for 1 min',
    ])
  })

  it('tells what, why and since when', () => {
    expect(sentence({})).toEqual([
      'unhealthy',
      'azure-eu is unhealthy: 3 failures in a row: connect timeout',
      'for 4 min',
    ])
    expect(sentence({ status: 'healthy' })).toEqual(['healthy', 'azure-eu is healthy', 'for 4 min'])
  })

  it('stops saying healthy when the provider was not checked when it was due', () => {
    expect(sentence({ status: 'healthy', lastCheckAt: iso(71) })).toEqual([
      'unknown',
      'azure-eu is unknown now: no check for 1 min',
      null,
    ])
    expect(sentence({ status: 'healthy', lastCheckAt: iso(70) })[0]).toBe('healthy')
  })

  it('says disabled and unknown as they are', () => {
    expect(sentence({ enabled: false })[0]).toBe('disabled')
    expect(sentence({ status: 'unknown', statusReason: 'not yet checked' })[1]).toBe(
      'azure-eu is unknown: not yet checked',
    )
  })
})

describe('facts of a provider', () => {
  it('gives no health score of too few samples', () => {
    expect(healthScoreWords(snapshot({ samples: 3 }))).toBe('3 of 5 samples')
    expect(plain(healthScoreWords(snapshot()))).toBe('61.2 %, average 412 ms')
    expect(plain(healthScoreWords(snapshot({ averageLatencyMs: null })))).toBe('61.2 %')
  })

  it('says an override beside the automatic state', () => {
    const override = {
      mode: 'forced_open' as const,
      actor: 'ops-1',
      reason: 'x',
      since: iso(0),
      until: iso(-2_460),
    }
    expect(plain(overrideLine(snapshot({ circuit: circuit({ override }) }), NOW))).toBe(
      'Forced open by ops-1, 41 min left · automatic state closed',
    )
    expect(overrideLine(snapshot(), NOW)).toBeNull()
  })

  it('says what a check found', () => {
    expect(plain(checkResultWords({ class: 'ok', latencyMs: 120, error: null }))).toBe('Check: ok in 120 ms')
    expect(checkResultWords({ class: 'provider_error', latencyMs: null, error: 'connect refused' })).toBe(
      'Check: provider error: connect refused',
    )
    expect(checkResultWords({ class: 'internal', latencyMs: null, error: null })).toBe('Check: our own fault')
    expect(checkResultWords({ class: null, latencyMs: null, error: null })).toBe('Check: skipped')
  })
})

describe('checks against traffic', () => {
  const counts = (ok: number, failed: number): Bucket => ({
    at: iso(60),
    count: ok + failed,
    ok,
    slow: 0,
    byClass: { ok, provider_error: failed },
    latency: null,
    successRate: null,
  })

  it('agree when their rates are near', () => {
    expect(agreementWords([counts(108, 2)], [counts(10, 0)], 5)).toBe('checks and traffic agree')
  })

  it('are told apart when they are not', () => {
    expect(plain(agreementWords([counts(60, 50)], [counts(10, 0)], 5))).toBe(
      'checks succeed at 100 %, traffic at 50 %',
    )
  })

  it('are not compared with too few samples on one side', () => {
    expect(agreementWords([counts(10, 0)], [counts(10, 0)], 5)).toBeNull()
    expect(agreementWords([counts(104, 0)], [counts(4, 0)], 5)).toBeNull()
  })
})

describe('facts of a circuit', () => {
  const fact = (name: string, over: Partial<CircuitSnapshot> = {}) =>
    plain(
      circuitFacts(circuit(over), { successThreshold: 2 }, NOW).find((one) => plain(one.name) === name)
        ?.value ?? null,
    )

  it('gives the window’s counts and rate, and no rate of too few calls', () => {
    expect(plain(windowWords(circuit()))).toBe('12 / 21 failed = 57.1 %')
    expect(windowWords(circuit({ window: { calls: 4, failures: 3, slow: 0 } }))).toBe(
      '3 / 4 failed (4 of 10 calls)',
    )
    expect(windowWords(circuit({ window: { calls: 0, failures: 0, slow: 0 } }))).toBe('no calls')
  })

  it('counts down to the next trial while open, and to nothing else', () => {
    const open = { state: 'open' as const, since: iso(82), retryAt: iso(-38), openings: 2 }
    expect(fact('Next trial', open)).toBe('in 38 s')
    expect(fact('Next trial', { ...open, retryAt: iso(1) })).toBe('due now')
    expect(fact('Openings in a row', open)).toBe('2 · this one 2 min')
    expect(fact('Next trial')).toBeNull()
    expect(fact('Openings in a row')).toBe('none')
  })

  it('counts trials while half-open', () => {
    const half = { state: 'half_open' as const, trials: { inFlight: 1, succeeded: 1, allowed: 3 } }
    expect(fact('Trials succeeded', half)).toBe('1 of 2')
    expect(fact('Trials in flight', half)).toBe('1 of 3')
  })

  it('counts failures towards the limit, and past it says where the limit was', () => {
    expect(fact('Failures in a row', { consecutiveFailures: 2 })).toBe('2 of 5')
    expect(fact('Failures in a row', { consecutiveFailures: 7 })).toBe('7 (opens at 5)')
  })

  it('says what would open it', () => {
    expect(fact('Trips at')).toBe('5 in a row, or 50 % of ≥ 10')
  })

  it('stops saying cooling when it is over', () => {
    expect(fact('Cooling', { cooling: { until: iso(-12), reason: '429' } })).toBe('12 s left')
    expect(fact('Cooling', { cooling: { until: iso(0), reason: '429' } })).toBeNull()
  })

  it('puts a model’s circuit in a line', () => {
    expect(plain(modelCircuitLine(circuit({ state: 'open', retryAt: iso(-5) }), NOW))).toBe(
      'next trial in 5 s',
    )
    expect(plain(modelCircuitLine(circuit(), NOW))).toBe('12 / 21 failed = 57.1 % · 3 openings in 24 h')
  })
})

describe('errors', () => {
  const bucket = (byClass: Partial<Record<OutcomeClass, number>>): Bucket => ({
    at: iso(60),
    count: 0,
    ok: 0,
    slow: 0,
    byClass,
    latency: null,
    successRate: null,
  })
  const failure = (over: Partial<Check>): Check => ({
    id: '1',
    providerId: 'azure-eu',
    at: iso(1),
    class: 'provider_error',
    source: 'active',
    model: null,
    latencyMs: null,
    phases: null,
    httpStatus: null,
    kind: 'refused',
    error: null,
    skipped: null,
    count: 1,
    ...over,
  })

  it('are the provider’s, not the caller’s', () => {
    const buckets = [bucket({ ok: 9, client_error: 4, provider_error: 2, rate_limited: 1 })]
    expect(errorsView(buckets, []).total).toBe(3)
    expect(errorClassesIn(buckets)).toEqual(['provider_error', 'rate_limited'])
    expect(errorsView(buckets, []).byClass.map(({ label, count }) => [label, count])).toEqual([
      ['provider error', 2],
      ['rate limited', 1],
      ['client error', 4],
    ])
  })

  it('are sorted by what went wrong, an HTTP status by its name', () => {
    const failures = [
      failure({}),
      failure({ kind: 'http_status', httpStatus: 502, model: 'gpt-4o' }),
      failure({ kind: 'http_status', httpStatus: 502, model: 'gpt-4o' }),
    ]
    const view = errorsView([bucket({ provider_error: 3 })], failures)
    expect(view.byKind).toEqual([
      { label: '502 bad gateway', count: 2, share: 1 },
      { label: 'connect refused', count: 1, share: 0.5 },
    ])
    expect(view.byModel.map(({ label, count }) => [label, count])).toEqual([['gpt-4o', 2]])
    expect(view.leftOut).toBeNull()
    expect(view.summary).toBe('3 errors, most often 502 bad gateway.')
  })

  it('say what they leave out', () => {
    const failures = Array.from({ length: 11 }, (_, i) =>
      failure({ kind: 'http_status', httpStatus: 500 + i }),
    )
    expect(errorsView([bucket({ provider_error: 400 })], failures).leftOut).toBe(
      '8 of 11 kinds, of the newest 11',
    )
    expect(errorsView([], []).summary).toBe('No errors in this range.')
  })
})

describe('the top eight', () => {
  it('are the largest, and say how many there are', () => {
    const { shown, rest, words } = topSeries([3, 1, 2, 9, 8, 7, 6, 5, 4], (n) => n)
    expect(shown).toEqual([9, 8, 7, 6, 5, 4, 3, 2])
    expect([rest, words]).toEqual([[1], '8 of 9'])
  })

  it('say nothing when they are all', () => expect(topSeries([1, 2], (n) => n).words).toBeNull())
})

describe('thresholds in force', () => {
  const thresholds = [
    { group: 'breaker' as const, field: 'slowCall', value: null, inherited: true },
    { group: 'monitor' as const, field: 'interval', value: '30s', inherited: true },
    { group: 'health' as const, field: 'degradedLatency', value: '2s', inherited: false },
    { group: 'health' as const, field: 'failoverThreshold', value: 0.8, inherited: true },
    { group: 'breaker' as const, field: 'rampUp', value: '0s', inherited: true },
    { group: 'monitor' as const, field: 'timeout', value: '250ms', inherited: true },
    { group: 'breaker' as const, field: 'openGrowth', value: 2, inherited: true },
  ]

  it('are written in words with where they come from', () => {
    const { main, groups, ownCount } = thresholdsInForceView(thresholds)
    expect(main.map(({ label, value, origin }) => [label, plain(value), origin])).toEqual([
      ['Check interval', '30 s', 'default'],
      ['Degraded above a p95 latency of', '2 s', 'here'],
      ['Unhealthy below a success rate of', '80 %', 'default'],
    ])
    expect(groups.map(({ rows }) => rows.map(({ value }) => plain(value)))).toEqual([
      ['30 s', '250 ms'],
      ['80 %', '2 s'],
      ['off', '×2', '0 s'],
    ])
    expect(ownCount).toBe(1)
  })

  it('show a field that this page does not know yet by its own name', () => {
    const unknown = [{ group: 'health' as const, field: 'newField', value: 3, inherited: false }]
    expect(thresholdsInForceView(unknown).groups[1]?.rows[0]).toMatchObject({ label: 'newField', value: '3' })
  })

  it('can be read as numbers', () => {
    expect(thresholdNumber(thresholds, 'health', 'degradedLatency')).toBe(2_000)
    expect(thresholdNumber(thresholds, 'health', 'failoverThreshold')).toBe(0.8)
    expect(thresholdNumber(thresholds, 'breaker', 'slowCall')).toBeNull()
    expect(thresholdNumber(thresholds, 'breaker', 'window')).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import type { ProviderRow } from '#lib/contract/monitor.ts'
import { fleetStats } from '#lib/domain/fleet-stats.ts'
import { briefReason, headline, type HeadlineFacts } from './headline.ts'

const NOW = Date.UTC(2026, 0, 31, 12)
const ago = (seconds: number) => new Date(NOW - seconds * 1_000).toISOString()

const row = (name: string, more: Partial<ProviderRow> = {}): ProviderRow => ({
  id: name,
  name,
  kind: 'openai',
  enabled: true,
  region: null,
  tags: [],
  status: 'healthy',
  statusReason: 'checks pass',
  since: ago(250),
  consecutiveFailures: 0,
  averageLatencyMs: 100,
  successRate: 1,
  samples: 10,
  lastHour: {
    count: 10,
    successRate: 1,
    p50Ms: 90,
    p95Ms: 200,
    share: null,
    earlierShare: null,
    traffic: {},
  },
  lastCheckAt: ago(10),
  nextCheckAt: null,
  intervalMs: 30_000,
  timeoutMs: 10_000,
  minSamples: 5,
  circuit: { state: 'closed', effective: 'closed', override: null, until: null },
  openModels: 0,
  heldModels: null,
  ...more,
})

const sick = row('azure-eu', { status: 'unhealthy', statusReason: '8 failures in a row: connect timeout' })
const slow = row('groq', { status: 'degraded', statusReason: 'p95 4.2 s over 3 s', since: ago(3_700) })
const held = row('mistral', {
  circuit: {
    state: 'closed',
    effective: 'open',
    override: { mode: 'forced_open', actor: 'ops-1', reason: 'invoice', until: ago(-2_460) },
    until: null,
  },
})
const fine = ['openai-prod', 'anthropic', 'local-ollama'].map((name) => row(name))

const say = (rows: ProviderRow[], more: Partial<HeadlineFacts> = {}) => {
  const { tone, title, details } = headline({
    stats: fleetStats(rows),
    rows,
    asOf: NOW - 2_000,
    now: NOW,
    isImpaired: false,
    ...more,
  })
  return { tone, title: title.replaceAll('\u202f', ' '), details }
}

describe('headline', () => {
  it('keeps a name that is written from right to left apart from the counts after it', () => {
    const there = { ...slow, name: 'ספק' }
    const { title, details } = say([{ ...sick, name: 'ספק א' }, there, ...fine])
    expect(title).toContain('unhealthy: \u2068ספק א\u2069, connect')
    expect(details[0]).toContain('degraded: \u2068ספק\u2069, p95')
    expect(
      say([
        { ...sick, name: 'ספק א' },
        { ...sick, name: 'b' },
      ]).title,
    ).toContain('\u2068ספק א\u2069')
    expect(say([sick, { ...held, name: 'ספק' }]).details).toContain(
      '\u2068ספק\u2069 is forced open by ops-1.',
    )
  })

  it.each<[why: string, rows: ProviderRow[], more: Partial<HeadlineFacts>, tone: string, title: string]>([
    ['nothing yet', [], { asOf: null }, 'unknown', 'Waiting for the monitor’s first answer'],
    ['no provider', [], {}, 'unknown', 'No provider is being checked'],
    ['only disabled ones', [row('a', { enabled: false })], {}, 'unknown', 'No provider is being checked'],
    ['all well', fine, {}, 'healthy', 'All 3 providers are healthy'],
    ['one provider, well', [row('a')], {}, 'healthy', 'The provider is healthy'],
    [
      'one sick',
      [sick, slow, held, ...fine],
      {},
      'unhealthy',
      '1 of 6 providers is unhealthy: azure-eu, connect timeout, for 4 min',
    ],
    [
      'two sick',
      [sick, row('b', { status: 'unhealthy' }), ...fine],
      {},
      'unhealthy',
      '2 of 5 providers are unhealthy: azure-eu and b',
    ],
    [
      'many sick',
      ['a', 'b', 'c', 'd', 'e'].map((name) => row(name, { status: 'unhealthy' })),
      {},
      'unhealthy',
      '5 of 5 providers are unhealthy: a, b, c and 2 more',
    ],
    [
      'one slow',
      [slow, ...fine],
      {},
      'degraded',
      '1 of 4 providers is degraded: groq, p95 4.2 s over 3 s, for 1 h',
    ],
    [
      'none checked yet',
      [
        row('a', { status: 'unknown', lastCheckAt: null }),
        row('b', { status: 'unknown', lastCheckAt: null }),
      ],
      {},
      'unknown',
      '2 providers wait for the first check',
    ],
    [
      'some not checked yet',
      [...fine, row('new', { status: 'unknown', lastCheckAt: null })],
      {},
      'healthy',
      '3 of 4 providers are healthy, 1 waits for the first check',
    ],
    [
      'one overdue is not healthy',
      [...fine, row('late', { lastCheckAt: ago(73) })],
      {},
      'unknown',
      '1 of 4 providers is overdue for a check, the others are healthy',
    ],
    [
      'a dead scheduler, however fresh the answer',
      fine.map((each) => ({ ...each, lastCheckAt: ago(200) })),
      {},
      'unknown',
      'Unknown: no provider has been checked for 3 min',
    ],
    [
      'ageing data is said of then',
      fine,
      { asOf: NOW - 25_000 },
      'unknown',
      '25 s ago: All 3 providers are healthy',
    ],
    [
      'trouble stays trouble while it ages',
      [sick, ...fine],
      { asOf: NOW - 25_000 },
      'unhealthy',
      '25 s ago: 1 of 4 providers is unhealthy: azure-eu, connect timeout, for 4 min',
    ],
    [
      'old data says nothing',
      fine,
      { asOf: NOW - 61_000 },
      'unknown',
      'Unknown: no news from the monitor for 1 min',
    ],
    [
      'an impaired monitor is not believed',
      fine,
      { isImpaired: true },
      'unknown',
      'The monitor itself is impaired: states may be wrong',
    ],
  ])('%s', (_why, rows, more, tone, title) => {
    expect(say(rows, more)).toMatchObject({ tone, title })
  })

  it('never says healthy in a tone of health when data is old, overdue or from an impaired monitor', () => {
    const states: Partial<HeadlineFacts>[] = [
      { asOf: NOW - 21_000 },
      { asOf: NOW - 100_000 },
      { isImpaired: true },
    ]
    for (const more of states) expect(say(fine, more).tone).toBe('unknown')
  })

  it('goes on with what else is wrong and who holds what', () => {
    expect(say([sick, slow, held, ...fine]).details.map((text) => text.replaceAll('\u202f', ' '))).toEqual([
      '1 of 6 providers is degraded: groq, p95 4.2 s over 3 s, for 1 h.',
      'mistral is forced open by ops-1.',
    ])
  })

  it.each<[holds: ProviderRow['heldModels'][], said: string[]]>([
    [[null, null], []],
    [[{ count: 1, until: ago(-60) }, null], ['1 model of a is held by operators.']],
    [[{ count: 2, until: ago(-60) }, null], ['2 models of a are held by operators.']],
    [
      [
        { count: 2, until: ago(-60) },
        { count: 1, until: ago(-90) },
      ],
      ['3 models of a and b are held by operators.'],
    ],
  ])('tells of models that operators hold under closed providers: %j', (holds, said) => {
    const rows = holds.map((heldModels, i) => row(i === 0 ? 'a' : 'b', { heldModels }))
    expect(say(rows)).toMatchObject({ tone: 'healthy', details: said })
  })

  it('keeps trouble first when the monitor is impaired', () => {
    const said = say([sick, ...fine], { isImpaired: true })
    expect(said).toMatchObject({
      tone: 'unhealthy',
      title: '1 of 4 providers is unhealthy: azure-eu, connect timeout, for 4 min',
    })
    expect(said.details[0]).toBe('The monitor itself is impaired: states may be wrong.')
  })

  it('repeats what an impaired or silent monitor said last', () => {
    expect(say(fine, { isImpaired: true }).details[0]).toBe('It says: All 3 providers are healthy.')
    expect(say(fine, { asOf: NOW - 100_000 }).details[0]).toBe('It last said: All 3 providers are healthy.')
  })

  it('counts from the statistics when it has only the worst rows', () => {
    const stats = { ...fleetStats([sick]), totalProviders: 500, unhealthyProviders: 40 }
    expect(say([sick], { stats }).title).toBe('40 of 500 providers are unhealthy: azure-eu and 39 more')
  })
})

it('cuts the count of failures out of a reason', () => {
  expect(briefReason('8 failures in a row: connect timeout')).toBe('connect timeout')
  expect(briefReason('1 failure: reset')).toBe('reset')
  expect(briefReason('credentials: HTTP 401')).toBe('credentials: HTTP 401')
})

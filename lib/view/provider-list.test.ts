import { describe, expect, it } from 'vitest'
import type { ProviderRow } from '#lib/contract/monitor.ts'
import { activeOverrides } from './active-overrides.ts'
import { THIN } from './format.ts'
import { freezeOrder, inFrozenOrder, newProblems } from './frozen-order.ts'
import { filterProviders, parseProviderFilter } from './provider-filter.ts'
import { orderProviders, parseProviderSort, providerSortText, type ProviderSort } from './provider-order.ts'
import { providerRowView } from './provider-row-view.ts'
import { trafficCell } from './traffic-cell.ts'

type Seed = Omit<Partial<ProviderRow>, 'circuit' | 'lastHour'> & {
  circuit?: Partial<ProviderRow['circuit']>
  lastHour?: Partial<ProviderRow['lastHour']>
}

const row = (name: string, { circuit, lastHour, ...more }: Seed = {}): ProviderRow => ({
  id: name,
  name,
  kind: 'openai',
  enabled: true,
  region: null,
  tags: [],
  status: 'healthy',
  statusReason: 'checks pass',
  since: '2026-01-31T12:00:00.000Z',
  consecutiveFailures: 0,
  averageLatencyMs: 100,
  successRate: 1,
  samples: 10,
  lastHour: {
    count: 100,
    successRate: 1,
    p50Ms: 90,
    p95Ms: 200,
    share: null,
    earlierShare: null,
    traffic: {},
    ...lastHour,
  },
  lastCheckAt: '2026-01-31T12:00:00.000Z',
  nextCheckAt: null,
  intervalMs: 30_000,
  timeoutMs: 10_000,
  minSamples: 5,
  circuit: { state: 'closed', effective: 'closed', override: null, until: null, ...circuit },
  openModels: 0,
  heldModels: null,
  ...more,
})

const UNTIL = '2026-01-31T13:00:00.000Z'
const override = { mode: 'forced_open', actor: 'ops-1', reason: 'invoice dispute', until: UNTIL } as const
const names = (rows: readonly ProviderRow[]) => rows.map(({ name }) => name).join(' ')

const sick = row('sick', { status: 'unhealthy', lastHour: { successRate: 0.4, p95Ms: null } })
const slow = row('slow', { status: 'degraded', lastHour: { p95Ms: 4_200, share: 0.1 } })
const held = row('held', { circuit: { effective: 'open', override } })
const fresh = row('fresh', {
  status: 'unknown',
  lastHour: { count: 0, successRate: null, p50Ms: null, p95Ms: null },
})
const fine = row('fine', { lastHour: { share: 0.9 }, tags: ['eu-west'] })
const off = row('off', { enabled: false, status: 'unknown' })
const all = [off, fine, fresh, held, slow, sick]

describe('the order of providers', () => {
  it.each<[string | null, string]>([
    [null, 'sick slow held fresh fine off'],
    ['-worst', 'off fine fresh held slow sick'],
    ['name', 'fine fresh held off sick slow'],
    ['-name', 'slow sick off held fresh fine'],
    ['success', 'sick fine held off slow fresh'],
    ['-success', 'fine held off slow sick fresh'],
    ['latency', 'slow fine held off fresh sick'],
    ['traffic', 'fine slow fresh held off sick'],
    ['circuit', 'held fine fresh off sick slow'],
    ['nonsense', 'sick slow held fresh fine off'],
  ])('by %s', (text, expected) => {
    expect(names(orderProviders(all, parseProviderSort(text)))).toBe(expected)
  })

  it('does not depend on the order of arrival', () => {
    const sort: ProviderSort = { by: 'success', isReversed: true }
    expect(names(orderProviders(all.toReversed(), sort))).toBe(names(orderProviders(all, sort)))
  })

  it('counts the numbers in names, also where two rows are alike', () => {
    const many = ['Provider 10', 'Provider 9', 'Provider 100'].map((name) => row(name))
    for (const sort of ['name', 'worst'])
      expect(orderProviders(many, parseProviderSort(sort)).map(({ name }) => name)).toEqual([
        'Provider 9',
        'Provider 10',
        'Provider 100',
      ])
  })

  it('is written in the URL as it is read', () => {
    for (const text of ['name', '-name', '-worst', '-traffic'])
      expect(providerSortText(parseProviderSort(text))).toBe(text)
    expect(providerSortText(parseProviderSort('worst'))).toBeNull()
  })
})

describe('a held order', () => {
  it('keeps every row in its place and puts new ones at the end', () => {
    const frozen = freezeOrder([fine, slow])
    const worse = { ...fine, status: 'unhealthy' } as const
    expect(names(inFrozenOrder([sick, worse, slow], frozen))).toBe('fine slow sick')
    expect(inFrozenOrder([slow, fine], null)).toEqual([slow, fine])
  })

  it('counts what became a problem meanwhile, and nothing that got better', () => {
    const frozen = freezeOrder([fine, slow, sick])
    const after = [
      { ...fine, status: 'degraded' as const },
      { ...slow, status: 'unhealthy' as const },
      { ...sick, status: 'healthy' as const },
    ]
    expect(newProblems(after, frozen)).toBe(2)
    expect(newProblems([fine, slow, sick], frozen)).toBe(0)
    expect(newProblems([fine, row('new', { status: 'unhealthy' })], frozen)).toBe(1)
    expect(newProblems(after, null)).toBe(0)
  })
})

describe('the filter', () => {
  it.each<[string | null, string, string]>([
    [null, '', 'off fine fresh held slow sick'],
    ['problems', '', 'held slow sick'],
    ['unknown', '', 'fresh'],
    ['held', '', 'held'],
    ['disabled', '', 'off'],
    [null, 'EU', 'fine'],
    [null, 'open sick', 'sick'],
    ['healthy', 'sick', ''],
    ['nonsense', 'slow', 'slow'],
  ])('%s with "%s"', (filter, text, expected) => {
    expect(names(filterProviders(all, { filter: parseProviderFilter(filter), text }))).toBe(expected)
  })
})

describe('a provider of whose models an operator holds one', () => {
  const holding = row('holding', { heldModels: { count: 1, until: UNTIL } })

  it('passes for held, and wants a look before those that are fine', () => {
    expect(names(filterProviders([fine, holding], { filter: 'held', text: '' }))).toBe('holding')
    for (const sort of [null, 'circuit'])
      expect(names(orderProviders([fine, holding], parseProviderSort(sort)))).toBe('holding fine')
  })

  it('counts among the overrides in force, each of its models as one, until the first is let go', () => {
    const [early, late] = ['2026-01-31T12:10:00.000Z', '2026-01-31T14:00:00.000Z']
    const own = row('own', { circuit: { override: { ...override, until: late } } })
    const models = row('models', { heldModels: { count: 2, until: early } })
    expect(activeOverrides({ providers: [fine, own] })).toEqual({ count: 1, firstEnd: late })
    expect(activeOverrides({ providers: [fine, models] })).toEqual({ count: 2, firstEnd: early })
    expect(activeOverrides({ providers: [fine, own, models] })).toEqual({ count: 3, firstEnd: early })
    expect(activeOverrides({ providers: [fine] })).toEqual({ count: 0, firstEnd: null })
  })
})

describe('a row', () => {
  const circuitOf = (seed: Seed) => providerRowView(row('a', seed), 0.8).circuit

  it('never shows a rate of too few calls', () => {
    const few = row('a', { lastHour: { count: 3, successRate: 0 } })
    expect(providerRowView(few, 0.8).success).toEqual({
      text: '3 of 5',
      calls: 'samples',
      share: null,
      isBelow: false,
    })
    expect(providerRowView(fresh, 0.8).success).toMatchObject({ text: '–', share: null })
  })

  it('shows the share of an hour ago where it was another, and every class of its traffic by its part', () => {
    const { lastHour } = row('a', {
      lastHour: { share: 0.38, earlierShare: 0.52, traffic: { rate_limited: 10, ok: 90 } },
    })
    expect(trafficCell(lastHour)).toEqual({
      share: `38${THIN}%`,
      was: `52${THIN}%`,
      parts: [
        { class: 'ok', part: 0.9 },
        { class: 'rate_limited', part: 0.1 },
      ],
      summary: '100 calls: 90 ok, 10 rate limited',
    })
    expect(trafficCell({ ...lastHour, earlierShare: 0.381 }).was).toBeNull()
    expect(trafficCell({ ...lastHour, earlierShare: null }).was).toBeNull()
    expect(trafficCell({ ...lastHour, share: null, traffic: {} })).toMatchObject({
      share: '–',
      parts: [],
      summary: 'no traffic in the last hour',
    })
  })

  it('says when success is below the threshold, and nothing where the threshold is not known', () => {
    expect(providerRowView(sick, 0.8).success.isBelow).toBe(true)
    expect(providerRowView(sick, 0.4).success.isBelow).toBe(false)
    expect(providerRowView(sick, null).success.isBelow).toBe(false)
  })

  it('shows an override and the automatic state as two things', () => {
    expect(circuitOf({ circuit: { state: 'half_open', effective: 'open', override } })).toMatchObject({
      icon: 'override',
      title: 'Forced open',
      until: { at: UNTIL, after: ' left' },
      note: 'automatic half-open',
    })
  })

  it.each<[string, Seed, string, string | null]>([
    ['closed', {}, 'Closed', null],
    ['closed with an open model', { openModels: 1 }, 'Closed', '1 model not closed'],
    ['closed with held models', { heldModels: { count: 2, until: UNTIL } }, 'Closed', '2 models held'],
    [
      'closed with models open and held',
      { openModels: 2, heldModels: { count: 1, until: UNTIL } },
      'Closed',
      '2 models not closed, 1 held',
    ],
    ['cooling', { circuit: { effective: 'cooling', until: UNTIL } }, 'Cooling', null],
    ['half-open', { circuit: { state: 'half_open', effective: 'half_open' } }, 'Half-open', 'trying'],
    ['open', { circuit: { state: 'open', effective: 'open', until: UNTIL } }, 'Open', null],
  ])('%s', (_why, seed, title, note) => {
    expect(circuitOf(seed)).toMatchObject({ title, note })
  })

  it('says of a disabled provider that it is not checked, whatever its last status was', () => {
    expect(providerRowView(off, null)).toMatchObject({ icon: 'disabled', reason: 'Disabled: not checked' })
  })

  it('keeps numbers of the reason on one line with their units', () => {
    const slow = row('a', { status: 'degraded', statusReason: 'p95 4.2 s over 3 s' })
    expect(providerRowView(slow, 0.8).reason).toBe('Degraded · p95 4.2\u202fs over 3\u202fs')
  })
})

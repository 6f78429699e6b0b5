import { expect, it } from 'vitest'
import type { ProviderRow } from '#lib/contract/monitor.ts'
import { fleetStats } from '#lib/domain/fleet-stats.ts'
import { fleetFigures } from './fleet-figures.ts'

type Seed = {
  name: string
  lastHour?: Partial<ProviderRow['lastHour']>
  circuit?: Partial<ProviderRow['circuit']>
} & Partial<Pick<ProviderRow, 'enabled' | 'status' | 'openModels'>>

const row = ({ lastHour, circuit, ...more }: Seed): ProviderRow => ({
  id: more.name,
  kind: 'openai',
  enabled: true,
  region: null,
  tags: [],
  status: 'healthy',
  statusReason: '',
  since: '2026-01-31T12:00:00.000Z',
  consecutiveFailures: 0,
  averageLatencyMs: null,
  successRate: 1,
  samples: 0,
  lastHour: {
    count: 0,
    successRate: null,
    p50Ms: null,
    p95Ms: null,
    share: null,
    earlierShare: null,
    traffic: {},
    ...lastHour,
  },
  lastCheckAt: null,
  nextCheckAt: null,
  intervalMs: 30_000,
  timeoutMs: 10_000,
  minSamples: 5,
  circuit: { state: 'closed', effective: 'closed', override: null, until: null, ...circuit },
  openModels: 0,
  heldModels: null,
  ...more,
})

const figures = (seeds: Seed[]) => {
  const rows = seeds.map(row)
  return fleetFigures(fleetStats(rows), rows).map(({ value, addition }) =>
    `${value} ${addition}`.replaceAll('\u202f', ' '),
  )
}

it('says of nothing that nothing was measured', () => {
  expect(figures([])).toEqual(['0 ', '– no calls', '– –', '0 no calls', '0 '])
})

it('weighs success by calls, and leaves disabled and unmeasured providers out', () => {
  const [providers, success] = figures([
    { name: 'a', lastHour: { count: 900, successRate: 1 } },
    { name: 'b', lastHour: { count: 100, successRate: 0 }, status: 'unhealthy' },
    { name: 'c', status: 'unknown' },
    { name: 'off', enabled: false, lastHour: { count: 5_000, successRate: 0 } },
  ])
  expect(providers).toBe('3 1 unhealthy · 1 unknown · 1 healthy')
  expect(success).toBe('90 % of 1,000 calls')
})

it('gives the middle p50 and the worst p95 with its name, and averages neither', () => {
  const [, , latency] = figures([
    { name: 'a', lastHour: { p50Ms: 100, p95Ms: 300 } },
    { name: 'b', lastHour: { p50Ms: 400, p95Ms: 4_200 } },
    { name: 'c', lastHour: { p50Ms: 300, p95Ms: 900 } },
  ])
  expect(latency).toBe('300 ms / 4.2 s b')
})

it('adds the traffic up, and says how what did not succeed ended', () => {
  const calls = (traffic: ProviderRow['lastHour']['traffic']) => ({ lastHour: { traffic } })
  const traffic = (...seeds: Seed[]) => figures(seeds)[3]
  expect(
    traffic(
      { name: 'a', ...calls({ ok: 900, rate_limited: 3 }) },
      { name: 'b', ...calls({ ok: 300, rate_limited: 9, provider_error: 31 }) },
    ),
  ).toBe('1,243 31 provider errors, 12 rate limited')
  expect(traffic({ name: 'a', ...calls({ ok: 5 }) })).toBe('5 all ok')
})

it('counts open circuits by their automatic state, and what operators hold beside them', () => {
  const override = {
    mode: 'forced_open',
    actor: 'ops-1',
    reason: 'why not',
    until: '2026-01-31T13:00:00.000Z',
  } as const
  const [, , , , circuits] = figures([
    { name: 'a', circuit: { state: 'open', effective: 'open' } },
    { name: 'b', circuit: { effective: 'open', override } },
    { name: 'c', circuit: { override: { ...override, mode: 'shadow' } } },
    { name: 'd', circuit: { state: 'half_open', effective: 'half_open' }, openModels: 2 },
    { name: 'e', circuit: { effective: 'cooling' } },
  ])
  expect(circuits).toBe('1 + 1 half-open · 1 cooling · 1 held open · 1 held · 2 of models')
})

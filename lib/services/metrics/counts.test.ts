import { describe, expect, it } from 'vitest'
import { expirePermits } from '../routing/end-permit.ts'
import { selectProvider } from '../routing/select-provider.ts'
import { IN_ORDER, stageRoute } from '../routing/stage-route.fixture.ts'
import { dropRoute, putRoute } from '../routing/routing.ts'
import { observeSkipped } from '../observe-outcome.ts'
import { RouteCounts } from './route-counts.ts'

const stageFailover = () => stageRoute(['acme', 'blue'], { route: { strategy: IN_ORDER } })
type Staged = ReturnType<typeof stageFailover>

const routeCounts = ({ engine }: Staged) => engine.routing.live.get('main')?.counts ?? new RouteCounts()

describe('counts of a route', () => {
  it('take a request that another provider answered as one that went well, with two attempts', async () => {
    const stage = stageFailover()
    await stage.carry(({ provider }) => (provider.id === 'acme' ? stage.broken() : stage.ok()))
    await stage.carry(stage.ok)
    const counts = routeCounts(stage)
    expect(counts.requests('ok')).toBe(2)
    expect(counts.requests('provider_error')).toBe(0)
    expect([counts.attempts, counts.failovers, counts.panics]).toEqual([3, 1, 0])
  })

  it('tell that nobody was there from that the provider failed, and panic from both', async () => {
    const stage = stageFailover()
    await stage.carry(stage.broken)
    selectProvider(stage.engine, 'main', { model: 'gpt-4o', exclude: ['acme', 'blue'] })
    const counts = routeCounts(stage)
    expect(counts.requests('provider_error')).toBe(1)
    expect(counts.requests('none_eligible')).toBe(1)
    stage.open('acme')
    stage.open('blue')
    await stage.carry(stage.ok)
    expect([counts.requests('ok'), counts.panics]).toEqual([1, 1])
  })

  it('do not claim to know of a call that nobody reported', () => {
    const stage = stageFailover()
    selectProvider(stage.engine, 'main', { model: 'gpt-4o' })
    expect(routeCounts(stage).requests('unknown')).toBe(0)
    stage.pass(3_600_000)
    expirePermits(stage.engine)
    expect(routeCounts(stage).requests('unknown')).toBe(1)
    expect(routeCounts(stage).attempts).toBe(0)
  })

  it('go on when the route is changed, and go with it when it is deleted', async () => {
    const stage = stageFailover()
    await stage.carry(stage.ok)
    putRoute(stage.engine.routing, { ...stage.route, version: 2 })
    expect(routeCounts(stage).requests('ok')).toBe(1)
    dropRoute(stage.engine.routing, 'main')
    expect(routeCounts(stage).requests('ok')).toBe(0)
  })
})

describe('counts of a provider', () => {
  it('take the tokens of each call', async () => {
    const stage = stageFailover()
    await stage.carry(() => stage.end({ usage: { inputTokens: 100, outputTokens: 7 } }))
    await stage.carry(() => stage.end({ usage: { inputTokens: 11, outputTokens: 0 } }))
    await stage.carry(() => stage.end())
    expect(stage.entry('acme').counts.tokens()).toEqual({ inputTokens: 111, outputTokens: 7 })
    expect(stage.entry('blue').counts.tokens()).toEqual({ inputTokens: 0, outputTokens: 0 })
  })

  it('take the time to the first token of a stream, and none of a failure', async () => {
    const stage = stageFailover()
    await stage.carry(({ provider }) => (provider.id === 'acme' ? stage.broken() : stage.end({}, 20)))
    const { counts } = stage.entry('blue')
    expect(counts.latencies('passive')?.read()).toMatchObject({ count: 1, sumMs: 20 })
    expect(stage.entry('acme').counts.latencies('passive')?.read().count).toBe(0)
    expect(stage.entry('acme').counts.outcomes('passive', 'provider_error')).toBe(1)
    expect(counts.latencies('active')?.read().count, 'traffic is no check').toBe(0)
  })

  it('take a check that was not run for what it is', () => {
    const stage = stageFailover()
    stage.see({ providerId: 'acme' })
    const entry = stage.entry('acme')
    observeSkipped(stage.fleet, entry, { ...entry.lastCheck!, class: null, skipped: 'budget_spent' })
    expect([...entry.counts.skipped()]).toEqual([['budget_spent', 1]])
    expect(entry.counts.outcomes('active', 'ok')).toBe(1)
  })

  it('tell the openings of its own circuit from those of its models', () => {
    const stage = stageFailover()
    stage.open('acme')
    stage.openModel('blue')
    const opened = (id: string) =>
      (['provider', 'model'] as const).map((level) => stage.entry(id).counts.transitions(level, 'open'))
    expect(opened('acme')).toEqual([1, 0])
    // All models of a provider open: so is the provider.
    expect(opened('blue')[1]).toBe(1)
    expect(stage.entry('acme').counts.transitions('provider', 'half_open')).toBe(0)
  })
})

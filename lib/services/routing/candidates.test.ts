import { describe, expect, it } from 'vitest'
import type { Provider } from '#lib/domain/provider.ts'
import type { GatewayApi } from '#lib/domain/routing/request-facts.ts'
import type { Member } from '#lib/domain/routing/route.ts'
import { providerNamed } from '../stage-fleet.fixture.ts'
import { candidatesOf } from './candidates.ts'
import { modelAt, requestedModel, servesApi } from './served-model.ts'
import { FACTS, stageRoute } from './stage-route.fixture.ts'

const SECOND = 1_000

const listed = (name: string, alias: string | null = null) => ({ name, alias, priceIn: null, priceOut: null })
const member = (model: string | null): Member => ({ providerId: 'acme', model, weight: null, priority: null })

describe('the model a member serves', () => {
  it.each<[why: string, models: Provider['models'], own: string | null, asked: string, at: string | null]>([
    ['its own, whatever was asked', [listed('x')], 'mine', 'gpt-4o', 'mine'],
    ['the name behind an alias', [listed('gpt-4o-2026', 'gpt-4o')], null, 'gpt-4o', 'gpt-4o-2026'],
    ['the alias before a name', [listed('gpt-4o'), listed('b', 'gpt-4o')], null, 'gpt-4o', 'b'],
    ['a listed name', [listed('a'), listed('gpt-4o')], null, 'gpt-4o', 'gpt-4o'],
    ['none that is not listed', [listed('a')], null, 'gpt-4o', null],
    ['any where none is listed', [], null, 'gpt-4o', 'gpt-4o'],
    ['the route’s own name where only the route is asked for', [], null, 'route:main', 'small'],
    ['the same through an alias', [listed('s-2026', 'small')], null, 'route:main', 's-2026'],
  ])('%s', (_why, models, own, asked, at) => {
    const route = { models: ['gpt-*', 'small'] }
    const requested = requestedModel(route, asked)
    expect(modelAt(providerNamed('acme', { models }), member(own), { route, requested })).toBe(at)
  })

  it.each<[models: Provider['models'], at: string | null]>([
    [[listed('claude'), listed('x', 'gpt-4o')], 'x'],
    [[listed('gpt-5')], 'gpt-5'],
    [[listed('claude')], null],
    [[], null],
  ])('is the first of the route’s prefix where the route names none in full', (models, at) => {
    const route = { models: ['gpt-*'] }
    expect(
      modelAt(providerNamed('acme', { models }), member(null), {
        route,
        requested: requestedModel(route, ''),
      }),
    ).toBe(at)
  })

  it.each<[kind: Provider['kind'], api: GatewayApi | null, serves: boolean]>([
    ['openai', 'chat', true],
    ['openai', 'messages', false],
    ['anthropic', 'messages', true],
    ['http', 'chat', false],
    ['http', null, true],
  ])('%s serves %s: %s', (kind, api, serves) => {
    expect(servesApi(providerNamed('acme', { kind }), api)).toBe(serves)
  })
})

describe('a candidate', () => {
  const look = (stage: ReturnType<typeof stageRoute>) =>
    candidatesOf(stage.fleet, { route: stage.route, facts: FACTS, now: stage.now() })

  it('stands there with all that may decide', () => {
    const stage = stageRoute(['acme'], {
      route: { members: [{ providerId: 'acme', model: null, weight: 7, priority: null }] },
      provider: {
        weight: 2,
        priority: 3,
        maxConcurrency: 4,
        region: 'eu',
        coordinates: [1, 2],
        models: [{ name: 'gpt-4o', alias: null, priceIn: 1, priceOut: 2 }],
      },
    })
    stage.ask().next()
    expect(look(stage)).toEqual([
      {
        providerId: 'acme',
        model: 'gpt-4o',
        enabled: true,
        forcedOpen: false,
        refusal: null,
        gate: 'closed',
        state: 'closed',
        coolingUntil: null,
        retryAt: null,
        health: 'fine',
        healthReason: 'not checked yet',
        inFlight: 1,
        maxConcurrency: 4,
        weight: 7,
        priority: 3,
        ramp: 1,
        region: 'eu',
        coordinates: [1, 2],
        peakEwmaMs: null,
        averageLatencyMs: null,
        recentP95Ms: null,
        successRate: 1,
        samples: 0,
        consecutiveFailures: 0,
        outputTokens: null,
        price: { in: 1, out: 2 },
      },
    ])
  })

  it('without its provider is one that is switched off', () => {
    const stage = stageRoute(['acme'])
    const route = { ...stage.route, members: [{ ...stage.route.members[0]!, providerId: 'gone' }] }
    expect(candidatesOf(stage.fleet, { route, facts: FACTS, now: stage.now() })).toMatchObject([
      { providerId: 'gone', enabled: false },
    ])
  })

  it('is brought to now without being changed', () => {
    const stage = stageRoute(['acme'])
    stage.open('acme')
    const { own } = stage.entry('acme')
    const { retryAt } = own.circuit
    expect(look(stage)).toMatchObject([{ gate: 'open', state: 'open', retryAt }])
    const before = own.circuit
    const later = candidatesOf(stage.fleet, { route: stage.route, facts: FACTS, now: retryAt! })
    expect(later).toMatchObject([{ gate: 'trial', state: 'half_open', retryAt: null }])
    expect(own.circuit).toBe(before)
  })

  it('speaks for the circuit that holds most', () => {
    const stage = stageRoute(['acme'])
    stage.see({ providerId: 'acme', source: 'passive', model: 'a' })
    stage.see({ providerId: 'acme', source: 'passive', model: 'b' })
    stage.openModel('acme')
    expect(look(stage)).toMatchObject([{ gate: 'open', state: 'open' }])
    stage.pass(70 * SECOND)
    expect(look(stage)).toMatchObject([{ gate: 'trial', state: 'half_open' }])
    Array.from({ length: 3 }, () => stage.ask().next())
    expect(look(stage)).toMatchObject([{ gate: 'trials_taken' }])
  })

  it('ramps up after its circuit has closed', () => {
    const stage = stageRoute(['acme'])
    stage.open('acme')
    stage.pass(70 * SECOND)
    stage.see({ providerId: 'acme' }, { providerId: 'acme' })
    expect(look(stage)).toMatchObject([{ gate: 'closed', ramp: 0.1 }])
    // The model's circuit never opened: the slower of the two counts.
    stage.see({ providerId: 'acme', source: 'passive', model: 'gpt-4o' })
    expect(look(stage)).toMatchObject([{ ramp: 0.1 }])
    stage.pass(30 * SECOND)
    expect(look(stage)[0]?.ramp).toBeCloseTo(0.55)
  })

  it('ramps up after its model’s circuit alone has closed', async () => {
    const stage = stageRoute(['acme'])
    // Two more models that work: one that fails is not the provider's fault.
    stage.see({ providerId: 'acme', source: 'passive', model: 'a' })
    stage.see({ providerId: 'acme', source: 'passive', model: 'b' })
    stage.openModel('acme')
    stage.pass(70 * SECOND)
    await stage.carry(stage.ok)
    await stage.carry(stage.ok)
    expect(stage.entry('acme').own.circuit.openings).toBe(0)
    expect(look(stage)).toMatchObject([{ gate: 'closed', ramp: 0.1 }])
  })

  it('does not cool under an override of the circuit that cools', () => {
    const stage = stageRoute(['acme'])
    stage.see({
      providerId: 'acme',
      class: 'rate_limited',
      httpStatus: 429,
      retryAfterMs: 9_000,
      accountWide: true,
    })
    expect(look(stage)).toMatchObject([{ coolingUntil: stage.now() + 9_000 }])
    stage.force('acme', 'forced_closed')
    expect(look(stage)).toMatchObject([{ coolingUntil: null, gate: 'closed', forcedOpen: false }])
    stage.force('acme', 'forced_open')
    expect(look(stage)).toMatchObject([{ forcedOpen: true }])
  })

  it('is out for its credentials as soon as they are refused, not a second later', async () => {
    const stage = stageRoute(['acme'])
    await stage.carry(() => stage.end({ httpStatus: 401 }))
    expect(stage.entry('acme').health.credentialsFailed).toBe(false)
    expect(look(stage)).toMatchObject([{ gate: 'open', health: 'credentials' }])
    stage.pass(SECOND)
    expect(look(stage)).toMatchObject([{ health: 'credentials' }])
  })

  it('counts failures in a row while they are fresh, or traffic would never come back', async () => {
    const stage = stageRoute(['acme'])
    await stage.carry(() => stage.broken(), {})
    expect(look(stage)[0]?.consecutiveFailures).toBe(3)
    stage.pass(59 * SECOND)
    expect(look(stage)[0]?.consecutiveFailures).toBe(3)
    stage.pass(2 * SECOND)
    expect(look(stage)[0]?.consecutiveFailures).toBe(0)
  })

  it('forgets failures of checks with the next good check', () => {
    const stage = stageRoute(['acme'])
    const failure = {
      providerId: 'acme',
      class: 'provider_error',
      kind: 'refused',
      httpStatus: null,
    } as const
    stage.see(failure, failure)
    expect(look(stage)[0]?.consecutiveFailures).toBe(2)
    stage.see({ providerId: 'acme' })
    expect(look(stage)[0]?.consecutiveFailures).toBe(0)
  })

  it('has a percentile that is at most a second old', () => {
    const stage = stageRoute(['acme'])
    stage.see({ providerId: 'acme', latencyMs: 100 })
    const first = look(stage)[0]?.recentP95Ms
    expect(first).toBeCloseTo(100, -1)
    stage.see(...Array.from({ length: 9 }, () => ({ providerId: 'acme', latencyMs: 5_000 })))
    expect(look(stage)[0]?.recentP95Ms).toBe(first)
    stage.pass(SECOND)
    expect(look(stage)[0]?.recentP95Ms).toBeGreaterThan(4_000)
  })

  it('answers as long as was measured, or else as the others of its route do', async () => {
    const stage = stageRoute(['acme', 'blue', 'cyan'])
    const tokens = () => look(stage).map(({ outputTokens }) => outputTokens)
    expect(tokens()).toEqual([null, null, null])
    const using = (outputTokens: number) => () => stage.end({ usage: { inputTokens: 1, outputTokens } })
    await stage.carry(using(40))
    await stage.carry(using(60))
    expect(tokens()).toEqual([40, 60, 50])
  })

  it('knows list prices of well-known models, and its provider’s own before them', () => {
    const own = [{ name: 'gpt-4o', alias: null, priceIn: 9, priceOut: null }]
    const stage = stageRoute(['acme'], { provider: { kind: 'openai', models: own } })
    stage.ask().next()
    expect(look(stage)[0]?.price).toEqual({ in: 9, out: 10 })
    const entry = stage.entry('acme')
    entry.provider = { ...entry.provider, models: [{ ...own[0]!, priceIn: 4 }] }
    expect(look(stage)[0]?.price).toEqual({ in: 4, out: 10 })
  })
})

import { describe, expect, it } from 'vitest'
import { routingStateSchema } from '#lib/contract/decision.ts'
import { readRouting } from './read-routing.ts'
import { putRoute } from './routing.ts'
import { IN_ORDER, routeOver, stageRoute } from './stage-route.fixture.ts'

const HOUR = 3_600_000

const listed = (name: string, alias: string | null = null) => ({ name, alias, priceIn: null, priceOut: null })

describe('the state of routing', () => {
  const read = ({ engine }: ReturnType<typeof stageRoute>) =>
    routingStateSchema.parse(readRouting(engine, null))

  it('shows each route’s members: their part as it is meant, as it is, and as it was an hour before', async () => {
    const stage = stageRoute(['acme', 'blue'], {
      route: {
        strategy: { type: 'load-balance', algorithm: 'weighted' },
        members: [
          { providerId: 'acme', model: null, weight: 3, priority: null },
          { providerId: 'blue', model: 'b', weight: 1, priority: null },
        ],
      },
    })
    for (let requests = 0; requests < 4; requests += 1) await stage.carry(() => stage.ok())
    stage.pass(HOUR)
    stage.open('blue')
    await stage.carry(() => stage.ok())
    expect(read(stage)).toMatchObject({
      gatewayUrl: null,
      routes: [
        {
          name: 'main',
          models: ['gpt-4o'],
          strategy: 'load-balance',
          eligibleMembers: 1,
          members: [
            {
              providerId: 'acme',
              model: null,
              configuredShare: 0.75,
              actualShare: 1,
              earlierShare: 0.75,
              decisions: 1,
              eligible: true,
              drop: null,
            },
            {
              providerId: 'blue',
              model: 'b',
              configuredShare: 0.25,
              actualShare: 0,
              earlierShare: 0.25,
              decisions: 0,
              eligible: false,
              drop: 'circuit_open',
            },
          ],
          requests: { count: 1, failed: 0, failedOver: 0, panics: 0, noneEligible: 0 },
          variants: [],
        },
      ],
    })
  })

  it('has nothing where nothing was decided, and leaves no trace of having looked', () => {
    const stage = stageRoute(['acme'])
    expect(read(stage).routes[0]).toMatchObject({ members: [{ actualShare: null, earlierShare: null }] })
    expect(stage.engine.routing.live.size).toBe(0)
  })

  it('shows who is eligible, not who panic would take', () => {
    const stage = stageRoute(['acme'])
    stage.open('acme')
    expect(read(stage).routes[0]).toMatchObject({ eligibleMembers: 0, members: [{ drop: 'circuit_open' }] })
  })

  it('takes a provider without a list of models for one that serves what the route’s prefix means', () => {
    const stage = stageRoute(['acme'], { route: { models: ['gpt-*'] } })
    expect(read(stage).routes[0]?.eligibleMembers).toBe(1)
    const entry = stage.entry('acme')
    entry.provider = { ...entry.provider, models: [listed('claude')] }
    expect(read(stage).routes[0]).toMatchObject({
      eligibleMembers: 0,
      members: [{ drop: 'model_not_served' }],
    })
  })

  it('reports the variants of tests at any depth', async () => {
    const variants = [
      { name: 'old', percent: 90, providerIds: ['acme'] },
      { name: 'new', percent: 10, providerIds: ['blue'] },
    ]
    const test = { type: 'ab-test', stickyBy: 'user', variants } as const
    const stage = stageRoute(['acme', 'blue'], {
      route: {
        strategy: {
          type: 'conditional',
          rules: [{ name: 'eu', when: { region: 'eu' }, use: test }],
          otherwise: IN_ORDER,
        },
      },
    })
    await stage.carry(() => stage.ok(), { region: 'eu', userId: 'ann' })
    const names = read(stage).routes[0]?.variants.map(({ name, percent }) => [name, percent])
    expect(names).toEqual([
      ['old', 90],
      ['new', 10],
    ])
    expect(read(stage).routes[0]?.variants.reduce((sum, { count }) => sum + count, 0)).toBe(1)
  })

  it('lists routes by name', () => {
    const stage = stageRoute(['acme'])
    putRoute(stage.engine.routing, routeOver(['acme'], { name: 'a-first' }))
    expect(read(stage).routes.map(({ name }) => name)).toEqual(['a-first', 'main'])
  })
})

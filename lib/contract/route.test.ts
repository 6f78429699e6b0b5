import { describe, expect, it } from 'vitest'
import { createRouteSchema, inputOfRoute, routeOfInput, type CreateRoute } from './route.ts'
import type { StrategyInput } from './strategy.ts'

const FACTS = { name: 'chat', version: 1, createdAt: 0, updatedAt: 0 }
const members = [{ providerId: 'a' }, { providerId: 'b', model: 'there', weight: 2, priority: 1 }]
const nested: StrategyInput = { type: 'load-balance', algorithm: 'least-busy' }
const ab = (...percents: number[]): StrategyInput => ({
  type: 'ab-test',
  stickyBy: 'user',
  variants: percents.map((percent, index) => ({ name: `v${index}`, percent, providerIds: ['a'] })),
})
const when = (condition: object): StrategyInput => ({
  type: 'conditional',
  rules: [{ when: condition, use: nested }],
  otherwise: nested,
})
const deep = (levels: number): StrategyInput =>
  levels === 1
    ? nested
    : { type: 'conditional', rules: [{ when: { user: 'u' }, use: deep(levels - 1) }], otherwise: nested }

/** The complaints about a route, as `path: message`. */
const complaints = (over: Partial<CreateRoute> | { strategy: unknown }): string[] =>
  createRouteSchema
    .safeParse({ name: 'chat', models: ['gpt-4o*'], members, strategy: nested, ...over })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

describe('a route', () => {
  it.each<StrategyInput>([
    { type: 'single', providerId: 'a' },
    nested,
    { type: 'failover', policy: { type: 'immediate' } },
    { type: 'failover', policy: { type: 'threshold', failures: 3 } },
    { type: 'failover', policy: { type: 'latency', p95: '3s' } },
    { type: 'failover', policy: { type: 'cost' } },
    ab(70, 30),
    { type: 'geographic' },
    { type: 'cost', maxLatency: '2s', minSuccessRate: 0.9 },
    { type: 'cost', maxLatency: null, minSuccessRate: null },
    { type: 'adaptive', weights: { success: 1, latency: 0.5, cost: 0 }, exploration: 0.01 },
    {
      type: 'conditional',
      rules: [
        {
          name: 'at night',
          when: {
            modelPrefix: 'gpt',
            time: { from: '22:00', to: '06:00', zone: 'Europe/Berlin' },
            header: { name: 'x-team', matches: '^search' },
            metadata: { key: 'tier', equals: 'gold' },
          },
          use: { type: 'single', providerId: 'b' },
        },
      ],
      otherwise: nested,
    },
  ])('comes back as it was written: $type', (strategy) => {
    expect(complaints({ strategy })).toEqual([])
    const input = { models: ['gpt-4o*'], members, strategy, limits: { timeout: '2m' } }
    expect(inputOfRoute(routeOfInput(input, FACTS))).toMatchObject({
      name: 'chat',
      strategy,
      limits: { timeout: '2m' },
    })
  })

  it('names a rule by its place where it has no name', () => {
    const { strategy } = routeOfInput({ models: [], members, strategy: when({ user: 'u' }) }, FACTS)
    expect(strategy).toMatchObject({ rules: [{ name: 'rule 1' }] })
  })

  it.each<[what: string, over: Parameters<typeof complaints>[0], complaint: string]>([
    [
      'a member twice',
      { members: [{ providerId: 'a' }, { providerId: 'a' }] },
      'members.1.providerId: a is a member already',
    ],
    ['no member', { members: [] }, 'members: choose at least one provider'],
    ['a star inside', { models: ['gpt*4o'] }, 'models.0: one word; * only at its end; not route:'],
    [
      'a model that looks like a route',
      { models: ['route:chat'] },
      'models.0: one word; * only at its end; not route:',
    ],
    ['a weight below 0', { members: [{ providerId: 'a', weight: -1 }] }, 'members.0.weight: at least 0'],
    [
      'a stranger as the single one',
      { strategy: { type: 'single', providerId: 'x' } },
      'strategy.providerId: x is not a member of this route',
    ],
    [
      'percentages that miss 100',
      { strategy: ab(70, 20) },
      'strategy.variants: the percentages must add up to 100',
    ],
    [
      'a stranger in a variant',
      {
        strategy: {
          ...ab(50, 50),
          variants: [
            { name: 'x', percent: 50, providerIds: ['a'] },
            { name: 'y', percent: 50, providerIds: ['x'] },
          ],
        },
      },
      'strategy.variants.1.providerIds.0: x is not a member of this route',
    ],
    [
      'a stranger deep inside',
      {
        strategy: {
          type: 'conditional',
          rules: [{ when: { user: 'u' }, use: { type: 'single', providerId: 'x' } }],
          otherwise: nested,
        },
      },
      'strategy.rules.0.use.providerId: x is not a member of this route',
    ],
    [
      'strategies six deep',
      { strategy: deep(6) },
      'strategy.rules.0.use.rules.0.use.rules.0.use.rules.0.use.rules.0.use: strategies nest at most 5 deep',
    ],
    ['a rule for everything', { strategy: when({}) }, 'strategy.rules.0.when: name at least one condition'],
    [
      'no such zone',
      { strategy: when({ time: { from: '08:00', to: '18:00', zone: 'Mars/Olympus' } }) },
      'strategy.rules.0.when.time.zone: an IANA time zone, such as Europe/Berlin',
    ],
    [
      'no such time',
      { strategy: when({ time: { from: '24:00', to: '18:00', zone: 'UTC' } }) },
      'strategy.rules.0.when.time.from: a time from 00:00 to 23:59',
    ],
    [
      'both tests at once',
      { strategy: when({ header: { name: 'x-team', equals: 'a', matches: 'b' } }) },
      'strategy.rules.0.when.header: give either equals or matches',
    ],
    [
      'adaptive with nothing to weigh',
      { strategy: { type: 'adaptive', weights: { success: 0, latency: 0, cost: 0 }, exploration: 0 } },
      'strategy.weights: at least one above 0',
    ],
  ])('is refused at the place for %s', (_what, over, complaint) => {
    expect(complaints(over)).toContain(complaint)
  })

  it.each(['[', '(?<x', 'a{2'])(
    'is refused for the pattern %s, which is no regular expression',
    (matches) => {
      const strategy = when({ metadata: { key: 'tier', matches } })
      expect(complaints({ strategy })).not.toEqual([])
    },
  )
})

import { expect, it } from 'vitest'
import { configuredShares } from './configured-share.ts'
import type { Strategy } from './route.ts'

const members = [
  { providerId: 'a', weight: 3, priority: 1 },
  { providerId: 'b', weight: 1, priority: 0 },
  { providerId: 'c', weight: 0, priority: 0 },
]

const NULLS = [null, null, null]
const variants = [
  { name: 'x', percent: 80, providerIds: ['a', 'b'] },
  { name: 'y', percent: 20, providerIds: ['b'] },
]

it.each<[string, Strategy, (number | null)[]]>([
  ['by weight', { type: 'load-balance', algorithm: 'weighted' }, [0.75, 0.25, 0]],
  ['alike in turn', { type: 'load-balance', algorithm: 'round-robin' }, [1 / 3, 1 / 3, 1 / 3]],
  ['not by load', { type: 'load-balance', algorithm: 'least-busy' }, NULLS],
  ['not by latency', { type: 'load-balance', algorithm: 'latency' }, NULLS],
  ['all to the one', { type: 'single', providerId: 'c' }, [0, 0, 1]],
  ['all to the primary', { type: 'failover', policy: { type: 'immediate' } }, [0, 1, 0]],
  ['not where the price decides', { type: 'failover', policy: { type: 'cost' } }, NULLS],
  ['variants by percent, then weight', { type: 'ab-test', stickyBy: 'user', variants }, [0.6, 0.4, 0]],
  ['not by place', { type: 'geographic' }, NULLS],
  ['not by cost', { type: 'cost', maxLatencyMs: null, minSuccessRate: null }, NULLS],
  [
    'not by measurements',
    { type: 'adaptive', weights: { success: 1, latency: 0, cost: 0 }, exploration: 0 },
    NULLS,
  ],
  ['not by rules', { type: 'conditional', rules: [], otherwise: { type: 'single', providerId: 'a' } }, NULLS],
])('shares out %s', (_how, strategy, shares) => {
  const told = configuredShares(strategy, members)
  expect(told).toHaveLength(shares.length)
  shares.forEach((share, i) =>
    share === null ? expect(told[i]).toBeNull() : expect(told[i]).toBeCloseTo(share),
  )
})

it('shares out alike by weight where nobody has any', () => {
  const weightless = members.map((member) => ({ ...member, weight: 0 }))
  expect(configuredShares({ type: 'load-balance', algorithm: 'weighted' }, weightless)).toEqual([
    1 / 3,
    1 / 3,
    1 / 3,
  ])
})

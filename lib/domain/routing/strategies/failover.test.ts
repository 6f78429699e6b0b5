import { describe, expect, it } from 'vitest'
import type { Candidate } from '../candidate.ts'
import { decide } from '../decide.ts'
import { candidate, decideInput, NOON } from '../decide.fixture.ts'
import type { FailoverPolicy } from '../route.ts'

const select = (policy: FailoverPolicy, members: readonly Candidate[], roll = 0.5) =>
  decide(decideInput({ type: 'failover', policy }, members, { random: () => roll })).selection

const winner = (policy: FailoverPolicy, members: readonly Candidate[], roll?: number) => {
  const { candidates, chosen } = select(policy, members, roll)
  return candidates[chosen!]?.providerId
}

const immediate: FailoverPolicy = { type: 'immediate' }

describe('failover takes the first in order', () => {
  it('by priority, lower first', () => {
    const members = [
      candidate('a', { priority: 2 }),
      candidate('b', { priority: 1 }),
      candidate('c', { priority: 1 }),
    ]
    expect(winner(immediate, members)).toBe('b')
  })

  it('and among equals as the route lists them', () => {
    expect(winner(immediate, [candidate('z'), candidate('a')])).toBe('z')
  })
})

describe('failover leaves a member', () => {
  const second = candidate('b', { price: { in: 1, out: 1 } })

  it.each<[string, FailoverPolicy, Partial<Candidate>, string]>([
    ['at its first failure', immediate, { consecutiveFailures: 1 }, 'b'],
    ['not without a failure', immediate, { successRate: 0.5 }, 'a'],
    ['at so many failures in a row', { type: 'threshold', failures: 3 }, { consecutiveFailures: 3 }, 'b'],
    ['not at one fewer', { type: 'threshold', failures: 3 }, { consecutiveFailures: 2 }, 'a'],
    ['when its p95 is above the limit', { type: 'latency', p95Ms: 3_000 }, { recentP95Ms: 3_001 }, 'b'],
    ['not at the limit', { type: 'latency', p95Ms: 3_000 }, { recentP95Ms: 3_000 }, 'a'],
    ['not for a latency that nobody measured', { type: 'latency', p95Ms: 3_000 }, {}, 'a'],
    [
      'not for failures under a policy of latency',
      { type: 'latency', p95Ms: 3_000 },
      { consecutiveFailures: 2 },
      'a',
    ],
    ['for a cheaper one', { type: 'cost' }, { price: { in: 2, out: 1 } }, 'b'],
    ['not for one that costs as much', { type: 'cost' }, { price: { in: 1, out: 1 } }, 'a'],
    ['not when nobody knows what it costs', { type: 'cost' }, {}, 'a'],
  ])('%s', (_when, policy, facts, id) => {
    expect(winner(policy, [candidate('a', facts), second])).toBe(id)
  })

  it('only for a cheaper one that is eligible', () => {
    const members = [
      candidate('a', { price: { in: 2, out: 2 } }),
      candidate('b', { price: { in: 1, out: 1 }, enabled: false }),
    ]
    expect(winner({ type: 'cost' }, members)).toBe('a')
  })

  it('and the next, by the same policy', () => {
    const failing = { consecutiveFailures: 1 }
    expect(winner(immediate, [candidate('a', failing), candidate('b', failing), candidate('c')])).toBe('c')
  })

  it('but stays with the first when it would leave every one', () => {
    const failing = { consecutiveFailures: 1 }
    const { chosen, reason } = select(immediate, [candidate('a', failing), candidate('b', failing)])
    expect([chosen, reason]).toEqual([0, 'primary of 2, 1 other standing by'])
  })
})

describe('failover passes over a primary that ramps up', () => {
  const members = [candidate('a', { ramp: 0.4 }), candidate('b')]

  it.each([
    [0, 'a'],
    [0.39, 'a'],
    [0.4, 'b'],
    [0.99, 'b'],
  ])('with probability 1 − ramp: a roll of %s takes %s', (roll, id) => {
    expect(winner(immediate, members, roll)).toBe(id)
  })

  it('but never for nobody', () => {
    expect(winner(immediate, [members[0]!, candidate('b', { enabled: false })], 0.99)).toBe('a')
    expect(winner(immediate, [members[0]!, candidate('b', { ramp: 0.1 })], 0.99)).toBe('a')
  })
})

describe('failover says', () => {
  const open = candidate('a', { gate: 'open', state: 'open', retryAt: NOON + 30_000 })
  const cooling = candidate('b', { coolingUntil: NOON + 60_000 })

  it.each<[string, Candidate[], string, string]>([
    [
      'who stands by',
      [candidate('a'), candidate('b'), candidate('c')],
      'primary of 3, 2 others standing by',
      'primary',
    ],
    ['that nobody does', [candidate('a'), cooling], 'primary of 2, 0 others standing by', 'primary'],
    [
      'why the primary is out',
      [open, candidate('b')],
      'second of 2, as a is left out: circuit open, next trial at 12:00:30 UTC',
      'failed_over',
    ],
    [
      'how many more are out',
      [open, cooling, candidate('c')],
      'third of 3, as a is left out: circuit open, next trial at 12:00:30 UTC, and 1 more before it',
      'failed_over',
    ],
    [
      'why the policy left the primary',
      [candidate('a', { consecutiveFailures: 2 }), candidate('b')],
      'second of 2, as a is left out: 2 failures in a row',
      'failed_over',
    ],
    [
      'that the primary ramps up',
      [candidate('a', { ramp: 0.25 }), candidate('b')],
      'second of 2, as a is left out: ramping up, with 25 % of its share',
      'failed_over',
    ],
  ])('%s', (_what, members, reason, reasonCode) => {
    expect(select(immediate, members)).toMatchObject({ reason, reasonCode })
  })

  it('of each that it passed over why, and of the others that they stand by', () => {
    const members = [candidate('a', { consecutiveFailures: 1 }), candidate('b'), candidate('c')]
    expect(select(immediate, members).candidates.map(({ reason }) => reason)).toEqual([
      '1 failure',
      'second of 3, as a is left out: 1 failure',
      'standing by',
    ])
  })

  it('what the dearer and the cheaper cost', () => {
    const members = [
      candidate('a', { price: { in: 2, out: 4 } }),
      candidate('b', { price: { in: 1, out: 2 } }),
    ]
    expect(select({ type: 'cost' }, members).candidates[0]?.reason).toBe('$0.004, and another costs $0.002')
    expect(
      select({ type: 'latency', p95Ms: 3_000 }, [candidate('a', { recentP95Ms: 4_200 }), candidate('b')])
        .reason,
    ).toBe('second of 2, as a is left out: p95 4.2 s over 3 s')
  })
})

import { describe, expect, it } from 'vitest'
import type { Candidate } from '../candidate.ts'
import { decide } from '../decide.ts'
import { candidate, decideInput } from '../decide.fixture.ts'

type Weights = { success: number; latency: number; cost: number }

const EVEN: Weights = { success: 1, latency: 1, cost: 1 }

const select = (
  members: readonly Candidate[],
  {
    weights = EVEN,
    exploration = 0,
    rolls = [0.5, 0.5],
  }: { weights?: Weights; exploration?: number; rolls?: number[] } = {},
) => {
  const left = [...rolls]
  const random = () => left.shift() ?? 0
  return decide(decideInput({ type: 'adaptive', weights, exploration }, members, { random })).selection
}

const round = (value: number | null) => (value === null ? null : Math.round(value * 1_000) / 1_000)
const scores = (...args: Parameters<typeof select>) =>
  select(...args).candidates.map(({ score }) => round(score))
const parts = (...args: Parameters<typeof select>) =>
  select(...args).candidates.map(({ weight }) => round(weight))

const only = (what: keyof Weights): { weights: Weights } => ({
  weights: { success: 0, latency: 0, cost: 0, [what]: 0.5 },
})

describe('the score', () => {
  const price = (usd: number) => ({ price: { in: usd, out: usd } })

  it.each<[string, Candidate[], { weights: Weights }, (number | null)[]]>([
    [
      'of success is the health score',
      [candidate('a', { successRate: 0.9 }), candidate('b', { successRate: 0.5 })],
      only('success'),
      [0.9, 0.5],
    ],
    [
      'of latency is how near the fastest it is',
      [candidate('a', { peakEwmaMs: 200 }), candidate('b', { peakEwmaMs: 800 })],
      only('latency'),
      [1, 0.25],
    ],
    [
      'of latency is the best for one that was never measured',
      [candidate('a', { peakEwmaMs: 200 }), candidate('b', { peakEwmaMs: 800 }), candidate('new')],
      only('latency'),
      [1, 0.25, 1],
    ],
    [
      'of cost is how near the cheapest it is',
      [candidate('a', price(4)), candidate('b', price(1))],
      only('cost'),
      [0.25, 1],
    ],
    [
      'of cost is the worst for one without a price',
      [candidate('a', price(4)), candidate('b', price(1)), candidate('c')],
      only('cost'),
      [0.25, 1, 0.25],
    ],
    ['of cost is the best where nobody has a price', [candidate('a'), candidate('b')], only('cost'), [1, 1]],
    [
      'of cost is nothing beside one that is free',
      [candidate('a', price(0)), candidate('b', price(1))],
      only('cost'),
      [1, 0],
    ],
    [
      'is the weighted mean of the three',
      [
        candidate('a', { successRate: 0.8, peakEwmaMs: 400, ...price(1) }),
        candidate('b', { peakEwmaMs: 100, ...price(2) }),
      ],
      { weights: { success: 2, latency: 1, cost: 1 } },
      [(2 * 0.8 + 0.25 + 1) / 4, (2 + 1 + 0.5) / 4],
    ],
  ])('%s', (_what, members, rest, expected) => {
    expect(scores(members, rest)).toEqual(expected.map(round))
  })
})

describe('the choice', () => {
  const members = [candidate('a', { successRate: 0.9 }), candidate('b', { successRate: 0.3 })]
  const chosen = (roll: number) => select(members, { ...only('success'), rolls: [roll] }).chosen

  it('is in proportion to the scores', () => {
    expect(parts(members, only('success'))).toEqual([0.75, 0.25])
    expect([0, 0.74, 0.76, 0.99].map(chosen)).toEqual([0, 0, 1, 1])
  })

  it('counts a member that ramps up for its ramp', () => {
    expect(parts([candidate('a', { ramp: 0.25 }), candidate('b')])).toEqual([0.2, 0.8])
  })

  it('is alike among members that all score nothing', () => {
    const failing = [candidate('a', { successRate: 0 }), candidate('b', { successRate: 0 })]
    expect(parts(failing, only('success'))).toEqual([0.5, 0.5])
  })

  it('goes to any alike for the exploration share', () => {
    const explore = (...rolls: number[]) => select(members, { ...only('success'), exploration: 0.01, rolls })
    expect(explore(0.009, 0.6)).toMatchObject({
      chosen: 1,
      reason: 'drawn among all alike, as 1 % of requests are',
      reasonCode: 'explored',
    })
    expect(explore(0.01, 0.6)).toMatchObject({ chosen: 0, reasonCode: 'adaptive' })
    expect(parts(members, { ...only('success'), exploration: 0.5 })).toEqual([0.625, 0.375])
  })

  it('explores nothing where there is one alone', () => {
    expect(select([candidate('a')], { exploration: 1 })).toMatchObject({ chosen: 0, reasonCode: 'adaptive' })
  })

  it('says what it had and for which score', () => {
    expect(select(members, only('success')).reason).toBe('drawn with 75 % of the choice for a score of 0.90')
  })
})

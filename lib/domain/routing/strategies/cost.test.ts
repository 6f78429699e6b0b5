import { describe, expect, it } from 'vitest'
import type { Candidate } from '../candidate.ts'
import { decide, type DecideInput } from '../decide.ts'
import { candidate, decideInput, request } from '../decide.fixture.ts'
import type { Strategy } from '../route.ts'

type Cost = Extract<Strategy, { type: 'cost' }>

const select = (members: readonly Candidate[], limits: Partial<Cost> = {}, rest: Partial<DecideInput> = {}) =>
  decide(decideInput({ type: 'cost', maxLatencyMs: null, minSuccessRate: null, ...limits }, members, rest))
    .selection

const winner = (...args: Parameters<typeof select>) => {
  const { candidates, chosen } = select(...args)
  return chosen === null ? null : candidates[chosen]?.providerId
}

const priced = (id: string, input: number, output: number, facts: Partial<Candidate> = {}) =>
  candidate(id, { price: { in: input, out: output }, ...facts })

const dear = priced('dear', 5, 15)
const cheap = priced('cheap', 1, 3)
const unknown = candidate('unknown', { priority: -1 })

describe('by cost', () => {
  it.each<[string, Candidate[], string]>([
    ['the cheapest', [dear, cheap], 'cheap'],
    ['one with a price before one without', [unknown, dear], 'dear'],
    ['what is free', [cheap, priced('free', 0, 0)], 'free'],
    [
      'the first by priority among those that cost the same',
      [cheap, { ...cheap, providerId: 'b', priority: -1 }],
      'b',
    ],
    ['the first as listed among equals', [cheap, { ...cheap, providerId: 'b' }], 'cheap'],
    ['the first by priority where no price is known', [candidate('a'), unknown], 'unknown'],
    ['the cheapest that is eligible', [dear, { ...cheap, enabled: false }], 'dear'],
  ])('takes %s', (_what, members, id) => {
    expect(winner(members)).toBe(id)
  })

  it('does not call dearer what has no price that is known', () => {
    const reasonsOf = (...members: Candidate[]) => select(members).candidates.map(({ reason }) => reason)
    const dearer = 'dearer, or of the same price and later in order'
    expect(reasonsOf(dear, cheap, unknown).slice(0, 1)).toEqual([dearer])
    expect(reasonsOf(dear, cheap, unknown).slice(2)).toEqual(['no price is known'])
    expect(reasonsOf(unknown, candidate('a'))).toEqual([
      'first in order, as no price is known',
      'no price is known',
    ])
  })

  it('goes by the tokens of the request', () => {
    const [short, long] = [priced('for short ones', 10, 1), priced('for long ones', 1, 10)]
    const ofTokens = (estimatedTokens: number) =>
      winner([short, long], {}, { request: request({ estimatedTokens }) })
    expect([ofTokens(100), ofTokens(10_000)]).toEqual(['for short ones', 'for long ones'])
  })

  it('passes over a member that ramps up with probability 1 − ramp', () => {
    const members = [dear, { ...cheap, ramp: 0.4 }]
    expect(winner(members, {}, { random: () => 0.39 })).toBe('cheap')
    const { chosen, reason } = select(members, {}, { random: () => 0.4 })
    expect([chosen, reason]).toEqual([
      0,
      'about $0.0125 for this request, the cheapest of 2 but for 1 ramping up',
    ])
  })

  it.each<[string, Partial<Cost>, Partial<Candidate>, boolean]>([
    ['a p95 over the limit', { maxLatencyMs: 3_000 }, { recentP95Ms: 3_001 }, false],
    ['a p95 at the limit', { maxLatencyMs: 3_000 }, { recentP95Ms: 3_000 }, true],
    ['a latency that nobody measured', { maxLatencyMs: 3_000 }, {}, true],
    ['a health score under the limit', { minSuccessRate: 0.9 }, { successRate: 0.89 }, false],
    ['a health score at the limit', { minSuccessRate: 0.9 }, { successRate: 0.9 }, true],
    ['both within the limits', { maxLatencyMs: 3_000, minSuccessRate: 0.9 }, { recentP95Ms: 100 }, true],
    [
      'one within, one out',
      { maxLatencyMs: 3_000, minSuccessRate: 0.9 },
      { recentP95Ms: 100, successRate: 0.5 },
      false,
    ],
  ])('holds members to the limits: %s', (_what, limits, facts, isWithin) => {
    expect(winner([dear, { ...cheap, ...facts }], limits)).toBe(isWithin ? 'cheap' : 'dear')
  })

  it('would rather have nobody than one outside the limits, panic or not', () => {
    const { candidates, reasonCode, panic } = select([{ ...cheap, recentP95Ms: 4_200 }], {
      maxLatencyMs: 3_000,
    })
    expect([reasonCode, panic]).toEqual(['none_eligible', false])
    expect(candidates[0]).toMatchObject({ drop: 'constraint', reason: 'p95 4.2 s over 3 s' })
  })

  it('says what the winner costs, and tells what each does', () => {
    expect(select([dear, unknown, cheap])).toMatchObject({
      reason: 'about $0.0025 for this request, the cheapest of 3',
      reasonCode: 'cheapest',
      candidates: [{ score: 0.0125 }, { score: null }, { score: 0.0025 }],
    })
    expect(select([unknown])).toMatchObject({
      reason: 'first in order, as no price is known',
      reasonCode: 'no_price',
    })
    expect(
      select([dear, { ...cheap, successRate: 0.8996 }], { minSuccessRate: 0.9 }).candidates[1]?.reason,
    ).toBe('health score 89.9 % under 90 %')
  })
})

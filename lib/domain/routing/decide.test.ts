import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { candidate, decideInput, NOON, request, winners } from './decide.fixture.ts'
import { newRouteMemory } from './route-memory.ts'
import type { Strategy } from './route.ts'

const failover: Strategy = { type: 'failover', policy: { type: 'immediate' } }
const weighted: Strategy = { type: 'load-balance', algorithm: 'weighted' }

describe('a decision', () => {
  it('names every member, the winner and why', () => {
    const members = [candidate('a'), candidate('b'), candidate('c', { enabled: false })]
    expect(decide(decideInput(failover, members)).selection).toEqual({
      strategy: 'failover',
      rule: null,
      variant: null,
      chosen: 0,
      candidates: [
        {
          providerId: 'a',
          model: 'gpt-4o',
          eligible: true,
          drop: null,
          reason: 'primary of 3, 1 other standing by',
          score: null,
          weight: null,
        },
        {
          providerId: 'b',
          model: 'gpt-4o',
          eligible: true,
          drop: null,
          reason: 'standing by',
          score: null,
          weight: null,
        },
        {
          providerId: 'c',
          model: 'gpt-4o',
          eligible: false,
          drop: 'disabled',
          reason: 'disabled',
          score: null,
          weight: null,
        },
      ],
      reason: 'primary of 3, 1 other standing by',
      reasonCode: 'primary',
      panic: false,
      returnsAt: null,
    })
  })

  it('is exact by weight over a cycle', () => {
    const members = [candidate('a', { weight: 5 }), candidate('b'), candidate('c')]
    expect(winners(decideInput(weighted, members), 7).join('')).toBe('aabacaa')
  })

  it('tells when somebody may return', () => {
    const members = [
      candidate('a', { gate: 'open', retryAt: NOON + 30_000, coolingUntil: NOON + 40_000 }),
      candidate('b', { coolingUntil: NOON + 60_000 }),
    ]
    const { selection } = decide(decideInput(failover, members, { mayPanic: false }))
    expect(selection).toMatchObject({ chosen: null, reasonCode: 'none_eligible', returnsAt: NOON + 40_000 })
    expect(selection.reason).toBe(
      'none of 2 members is eligible: 1 has its circuit open, 1 is cooling; the first may return at 12:00:40 UTC',
    )
  })

  it('says which rule led to the strategy that chose', () => {
    const strategy: Strategy = {
      type: 'conditional',
      rules: [{ name: 'large', when: { minTokens: 1_000 }, use: { type: 'single', providerId: 'b' } }],
      otherwise: failover,
    }
    const members = [candidate('a'), candidate('b')]
    const select = (estimatedTokens: number) =>
      decide(decideInput(strategy, members, { request: request({ estimatedTokens }) })).selection
    expect(select(1_000)).toMatchObject({ strategy: 'single', rule: 'large', chosen: 1 })
    expect(select(999)).toMatchObject({ strategy: 'failover', rule: 'otherwise', chosen: 0 })
  })

  it('keeps turns apart, each rule its own', () => {
    const strategy: Strategy = {
      type: 'conditional',
      rules: [{ name: 'ann', when: { user: 'ann' }, use: weighted }],
      otherwise: weighted,
    }
    let memory = newRouteMemory()
    const take = (userId: string) => {
      const input = decideInput(strategy, [candidate('a'), candidate('b')], {
        request: request({ userId }),
        memory,
      })
      const decided = decide(input)
      memory = decided.memory
      return decided.selection.chosen
    }
    expect(['ann', 'bob', 'bob', 'ann', 'ann', 'bob'].map(take)).toEqual([0, 0, 1, 1, 0, 0])
  })

  it('takes another provider for the next attempt, and says after whom', () => {
    const members = [candidate('a'), candidate('b'), candidate('c')]
    const { selection } = decide(decideInput(weighted, members, { tried: new Set(['a']) }))
    expect(selection).toMatchObject({
      chosen: 1,
      reason: 'its turn by weight, with 50 % of the turns, after a',
      reasonCode: 'retry',
      candidates: [{ drop: 'tried', reason: 'tried already' }, { eligible: true }, { eligible: true }],
    })
    expect(decide(decideInput(weighted, members, { exclude: new Set(['a', 'b']) })).selection).toMatchObject({
      chosen: 2,
      reasonCode: 'retry',
    })
  })

  it('says that panic ruled, and what it overlooked in whom', () => {
    const members = [
      candidate('a', { gate: 'open', retryAt: NOON + 30_000 }),
      candidate('b', { health: 'unhealthy', healthReason: '3 failures in a row' }),
      candidate('c', { coolingUntil: NOON + 9_000 }),
    ]
    expect(decide(decideInput(failover, members)).selection).toMatchObject({
      chosen: 0,
      panic: true,
      reason:
        'panic, as too few are eligible: primary of 3, 1 other standing by, despite circuit open, next trial at 12:00:30 UTC',
      reasonCode: 'panic',
      candidates: [
        { eligible: true },
        { eligible: true, reason: 'standing by; unhealthy: 3 failures in a row' },
        { drop: 'cooling' },
      ],
    })
  })

  it('of nobody leaves the memory as it was', () => {
    const input = decideInput(weighted, [candidate('a', { enabled: false })])
    expect(decide(input).memory).toBe(input.memory)
  })

  it('of a route without members is that there is nobody', () => {
    expect(decide(decideInput(weighted, [])).selection).toMatchObject({
      chosen: null,
      candidates: [],
      reason: 'the route has no members',
      returnsAt: null,
    })
  })
})

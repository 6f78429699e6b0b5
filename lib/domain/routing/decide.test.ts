import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { candidate, decideInput, NOON, winners } from './decide.fixture.ts'
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
})

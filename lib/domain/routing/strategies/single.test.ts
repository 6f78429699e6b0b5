import { describe, expect, it } from 'vitest'
import { decide } from '../decide.ts'
import { candidate, decideInput } from '../decide.fixture.ts'

const select = (...members: ReturnType<typeof candidate>[]) =>
  decide(decideInput({ type: 'single', providerId: 'b' }, members)).selection

describe('a single provider', () => {
  it('is taken, whatever the order and however good the others', () => {
    expect(select(candidate('a'), candidate('b', { priority: 9, weight: 0, ramp: 0.01 }))).toMatchObject({
      chosen: 1,
      reason: 'the one provider that the strategy names',
      reasonCode: 'single',
      candidates: [{ drop: 'constraint', reason: 'the strategy names b alone' }, { eligible: true }],
    })
  })

  it('or nobody is', () => {
    expect(select(candidate('a'), candidate('b', { enabled: false }))).toMatchObject({
      chosen: null,
      reason: 'none of 2 members is eligible: 1 is outside the limits of the strategy, 1 is disabled',
    })
    expect(select(candidate('a'))).toMatchObject({ chosen: null })
  })

  it('is taken in panic, but no other', () => {
    expect(select(candidate('a', { gate: 'open' }), candidate('b', { gate: 'open' }))).toMatchObject({
      chosen: 1,
      panic: true,
      candidates: [{ drop: 'constraint' }, { eligible: true }],
    })
  })
})

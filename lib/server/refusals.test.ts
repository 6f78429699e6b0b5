import { describe, expect, it } from 'vitest'
import type { AuditEntryInput } from '#lib/services/record-audit.ts'
import { createRefusals, MOST_PLACES, type Refusal, TOLD_EACH } from './refusals.ts'

function stage() {
  const clock = { now: 1_000 }
  const told: AuditEntryInput[] = []
  const refusals = createRefusals({ now: () => clock.now, record: (input) => void told.push(input) })
  return { clock, told, ...refusals }
}

const refusal = (address: string, over: Partial<Refusal> = {}): Refusal => ({
  author: { actor: 'nobody', actorId: 'nobody', address, requestId: 'r1' },
  call: 'PUT /api/settings',
  path: '/api/settings',
  why: 'Sign in, or send an API key.',
  ...over,
})

describe('refused calls', () => {
  it('are told one by one, with who, from where and why', () => {
    const { told, hear } = stage()
    hear(refusal('192.0.2.7'))
    expect(told).toEqual([
      {
        actor: 'nobody',
        actorId: 'nobody',
        address: '192.0.2.7',
        requestId: 'r1',
        action: 'call.refused',
        entity: { type: 'call', id: 'PUT /api/settings' },
        outcome: 'refused',
        summary: 'refused PUT /api/settings: Sign in, or send an API key.',
        reason: null,
        before: null,
        after: null,
      },
    ])
  })

  // Killed: no count of what is not told; the sum told at every refusal; a minute that never ends or ends at once.
  it('beyond so many a minute are summed up when the minute is over, and then told again', () => {
    const { clock, told, hear, sumUp } = stage()
    for (let n = 0; n < TOLD_EACH + 312; n += 1) hear(refusal('192.0.2.7'))
    expect(told).toHaveLength(TOLD_EACH)
    clock.now += 59_999
    sumUp()
    hear(refusal('192.0.2.7'))
    expect(told).toHaveLength(TOLD_EACH)
    clock.now += 1
    sumUp()
    expect(told.slice(TOLD_EACH)).toMatchObject([
      {
        address: '192.0.2.7',
        requestId: null,
        summary: 'and 313 more refused PUT /api/settings',
        after: { count: 313, from: '1970-01-01T00:00:01.000Z', to: '1970-01-01T00:01:01.000Z' },
      },
    ])
    sumUp()
    expect(told).toHaveLength(TOLD_EACH + 1)
    hear(refusal('192.0.2.7'))
    expect(told.at(-1)?.summary).toContain('refused PUT')
    clock.now += 60_000
    sumUp()
    expect(told, 'nothing to sum up').toHaveLength(TOLD_EACH + 2)
  })

  it('are told apart by address, by who it is, and by call', () => {
    const { told, hear } = stage()
    for (let n = 0; n < 20; n += 1) {
      hear(refusal('192.0.2.7'))
      hear(refusal('192.0.2.8'))
      hear(refusal('192.0.2.7', { call: 'POST /api/providers' }))
      hear(
        refusal('192.0.2.7', {
          author: { actor: 'ci', actorId: 'api-key:k1', address: '192.0.2.7', requestId: 'r2' },
        }),
      )
    }
    expect(told).toHaveLength(4 * TOLD_EACH)
  })

  it('from however many addresses are no more than so many a minute', () => {
    const { clock, told, hear, sumUp } = stage()
    for (let minute = 0; minute < 3; minute += 1) {
      for (let n = 0; n < 5_000; n += 1) hear(refusal(`2001:db8::${n.toString(16)}`))
      clock.now += 60_000
      sumUp()
    }
    const eachMinute = MOST_PLACES + TOLD_EACH + 1
    expect(told).toHaveLength(3 * eachMinute)
    expect(told.at(-1)).toMatchObject({
      actor: 'nobody',
      address: null,
      summary: `and ${5_000 - MOST_PLACES - TOLD_EACH} more refused calls, from many addresses`,
    })
  })

  it('that were only counted are not lost at the end', () => {
    const { told, hear, sumUp } = stage()
    for (let n = 0; n < TOLD_EACH + 1; n += 1) hear(refusal('192.0.2.7'))
    sumUp(true)
    expect(told.at(-1)?.summary).toBe('and 1 more refused PUT /api/settings')
  })

  it('do not tell more of a path than is readable', () => {
    const { told, hear } = stage()
    hear(refusal('192.0.2.7', { path: `/api/${'x'.repeat(10_000)}` }))
    expect(told[0]?.summary.length).toBeLessThan(300)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { check } from '#lib/adapters/storage/test-records.ts'
import type { FleetEvent } from '../engine.ts'
import { stageFleet, T0 } from '../stage-fleet.fixture.ts'
import { LookRound, ROUND_MS } from './look-round.ts'

function stage(count: number) {
  const { fleet, add, see, bus } = withBus()
  for (let place = 0; place < count; place += 1) add(`p${place}`)
  const round = new LookRound()
  const taken = (at: number) => [...round.take(fleet, at)].map(({ provider }) => provider.id)
  bus.on((event) => round.hear(event, fleet))
  return { fleet, round, taken, add, see, bus, hear: (event: FleetEvent) => round.hear(event, fleet) }
}

const withBus = () => {
  const staged = stageFleet()
  return { ...staged, bus: staged.engine.bus }
}

const all = (count: number) => Array.from({ length: count }, (_, place) => `p${place}`)

describe('whom to look at', () => {
  it('is everybody at first, after new settings, when asked to begin anew, and after a clock was set back', () => {
    const { taken, round, hear } = stage(20)
    expect(taken(T0)).toHaveLength(20)
    expect(taken(T0)).toEqual([])
    hear({ type: 'settings', version: 2 })
    expect(taken(T0)).toHaveLength(20)
    round.beginAnew()
    expect(taken(T0)).toHaveLength(20)
    expect(taken(T0 - 1)).toHaveLength(20)
    expect(taken(T0 + 10 * ROUND_MS)).toHaveLength(20)
  })

  it('is at once whoever fails, and nobody of whom another success is heard', () => {
    const { taken, see } = stage(20)
    see(...all(20).map((providerId) => ({ providerId })))
    taken(T0)
    see({ providerId: 'p7' }, { providerId: 'p3', class: 'provider_error' })
    expect(taken(T0)).toEqual(['p3'])
    expect(taken(T0)).toEqual([])
  })

  it('is at once whose circuit moved, who is not well, and who skipped a check', () => {
    const { taken, see, bus } = stage(20)
    see(...all(20).map((providerId) => ({ providerId })))
    taken(T0)
    see(...Array.from({ length: 5 }, () => ({ providerId: 'p4', class: 'provider_error' as const })))
    expect(taken(T0)).toEqual(['p4'])
    see({ providerId: 'p4' })
    expect(taken(T0)).toEqual(['p4'])
    bus.emit({ type: 'check', check: check({ providerId: 'p5', class: null, skipped: 'budget_spent' }) })
    expect(taken(T0)).toEqual(['p5'])
    bus.emit({
      type: 'record',
      record: {
        id: 'e1',
        kind: 'action',
        providerId: 'p6',
        model: null,
        at: new Date(T0).toISOString(),
        persisted: true,
        actor: 'ops',
        action: 'reset',
        reason: 'try it',
      } as Extract<FleetEvent, { type: 'record' }>['record'],
    })
    expect(taken(T0)).toEqual(['p6'])
  })

  it('leaves nobody waiting for longer than a round, however often it is asked and whoever comes and goes', () => {
    const steps = fc.array(
      fc.record({ waitMs: fc.integer({ min: 1, max: 1_500 }), gone: fc.boolean(), come: fc.boolean() }),
      { minLength: 20, maxLength: 60 },
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), steps, (count, walk) => {
        const { fleet, round, add } = stage(count)
        let now = T0
        let next = count
        const seenAt = new Map<string, number>()
        for (const { waitMs, gone, come } of walk) {
          now += waitMs
          const [first] = fleet.entries.keys()
          if (gone && first !== undefined) fleet.entries.delete(first)
          if (come) add(`p${next++}`)
          for (const id of fleet.entries.keys()) if (!seenAt.has(id)) seenAt.set(id, now)
          for (const { provider } of round.take(fleet, now)) seenAt.set(provider.id, now)
          for (const id of fleet.entries.keys())
            expect(now - (seenAt.get(id) ?? -Infinity)).toBeLessThan(ROUND_MS + 1_500)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('is a small part of the fleet each time', () => {
    const { taken } = stage(100)
    taken(T0)
    for (let at = T0 + 200; at < T0 + 10_000; at += 200) expect(taken(at)).toHaveLength(4)
  })

  it('is first whoever was not reached, once, in the order of before', () => {
    const { taken, round, see, fleet } = stage(20)
    see(...all(20).map((providerId) => ({ providerId })))
    taken(T0)
    see({ providerId: 'p3', class: 'provider_error' }, { providerId: 'p9', class: 'provider_error' })
    round.leave(['p9', 'p7', 'p8'])
    fleet.entries.delete('p8')
    expect(taken(T0)).toEqual(['p9', 'p7', 'p3'])
    expect(taken(T0)).toEqual([])
  })

  it('is nobody where there is nobody', () => {
    const { taken } = stage(0)
    expect(taken(T0)).toEqual([])
    expect(taken(T0 + ROUND_MS)).toEqual([])
  })
})

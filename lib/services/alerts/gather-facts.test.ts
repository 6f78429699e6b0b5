import { describe, expect, it } from 'vitest'
import { route } from '#lib/adapters/storage/test-routing-records.ts'
import { memoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { providerNamed, stageFleet, T0 } from '../stage-fleet.fixture.ts'
import { gatherFacts } from './gather-facts.ts'
import { WELL } from './stage-alerting.fixture.ts'

const DAY = '2026-03-01'

describe('the facts that rules look at', () => {
  it('are the monitor, and each enabled provider with its circuits', () => {
    const { engine, add, see } = stageFleet()
    add('acme', { tags: ['eu'] })
    add('off', { enabled: false })
    see({ providerId: 'acme', model: 'gpt-4o', source: 'passive' })
    const facts = gatherFacts(engine, WELL, engine.fleet.entries.values())
    expect(facts.map(({ key }) => key)).toEqual([
      'monitor',
      'provider:acme',
      'circuit:acme',
      'circuit:acme/gpt-4o',
    ])
    expect(facts[1]).toMatchObject({ providerId: 'acme', tags: ['eu'], probeCost: null })
    expect(facts.map(({ checkIntervalMs }) => checkIntervalMs)).toEqual([null, 30_000, 30_000, 30_000])
  })

  it('tell an open circuit with when it opened and why', () => {
    const { engine, add, see, drift } = stageFleet()
    add('acme')
    see(
      ...Array.from({ length: 5 }, () => ({
        providerId: 'acme',
        class: 'provider_error' as const,
        kind: 'refused' as const,
        message: 'connect refused',
      })),
    )
    drift(1_000)
    const [circuit] = gatherFacts(engine, WELL, engine.fleet.entries.values()).filter(
      ({ type }) => type === 'circuit',
    )
    expect(circuit).toMatchObject({ state: 'open', openedAt: [T0 + 60_000], overrideUntil: null })
    expect(circuit).toHaveProperty('lastError', expect.stringMatching(/refused/))
  })

  it('count the members of a route that may be chosen', () => {
    const storage = memoryStorage({
      providers: [providerNamed('acme')],
      routes: [route('chat')],
    })
    const { engine } = stageFleet(storage)
    const facts = gatherFacts(engine, WELL, engine.fleet.entries.values()).find(
      ({ type }) => type === 'route',
    )
    expect(facts).toMatchObject({
      subject: { type: 'route', id: 'chat', name: 'chat' },
      members: route('chat').members.length,
      eligible: 1,
      providerId: null,
    })
  })

  it.each([
    ['in the first hour nobody can say what a day will cost', 30 * 60_000, 2, null],
    ['from then on it goes on as it began', 6 * 3_600_000, 2, 8],
  ])('of costs: %s', (_why, intoDayMs, usd, projectedUsd) => {
    const { engine, add, entry } = stageFleet(undefined, Date.parse(`${DAY}T00:00:00Z`) + intoDayMs - 60_000)
    const probe = { ...providerNamed('acme').probe, dailyBudgetUsd: 5 }
    add('acme', { probe })
    entry('acme').spent = { day: DAY, usd }
    expect(gatherFacts(engine, WELL, engine.fleet.entries.values())[1]).toMatchObject({
      probeCost: { budgetUsd: 5, spentUsd: usd, projectedUsd },
    })
  })

  it("forget what yesterday's probes cost", () => {
    const { engine, add, entry } = stageFleet()
    add('acme', { probe: { ...providerNamed('acme').probe, dailyBudgetUsd: 5 } })
    entry('acme').spent = { day: '2026-02-28', usd: 4 }
    expect(gatherFacts(engine, WELL, engine.fleet.entries.values())[1]).toMatchObject({
      probeCost: { spentUsd: 0, projectedUsd: 0 },
    })
  })

  it.each([
    [{ ...WELL }, { isImpaired: false, isEgressDown: false, reason: null }],
    [
      { ...WELL, status: 'impaired', checks: { ...WELL.checks, egress: 'impaired' } },
      { isImpaired: true, isEgressDown: true, reason: 'the network cannot be reached' },
    ],
    [
      {
        ...WELL,
        status: 'impaired',
        checks: { ...WELL.checks, database: 'impaired', eventLoop: 'impaired' },
      },
      {
        isImpaired: true,
        isEgressDown: false,
        reason: 'the database cannot be written, the process is held up',
      },
    ],
  ] as const)('say how the monitor itself is', (self, facts) => {
    expect(gatherFacts(stageFleet().engine, self, [])[0]).toMatchObject({ type: 'monitor', ...facts })
  })
})

import { describe, expect, it } from 'vitest'
import { memoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { createRuleSchema, inputOfRule, ruleOfInput } from '#lib/contract/alert-rule.ts'
import { emptyEntry } from '../drive-circuit.ts'
import { providerNamed, stageFleet, T0 } from '../stage-fleet.fixture.ts'
import { emptyAlerting } from './records.ts'
import { withFirstRules } from './first-rules.ts'

const names = ({ restored }: Pick<ReturnType<typeof memoryStorage>, 'restored'>) =>
  restored.alerting.rules.map(({ rule }) => `${rule.severity}: ${rule.name}`)

describe('the first rules', () => {
  it('are there at the first start, and are kept', async () => {
    const storage = withFirstRules(memoryStorage(), T0)
    expect(names(storage)).toEqual([
      'critical: Provider down',
      'warning: Circuit open for 5 min',
      'critical: Route with one member or none',
      'critical: Switchyard impaired',
      'info: Override about to end',
      'warning: Success rate under 90 %',
    ])
    await storage.journal.commit(emptyEntry)
    expect(names(storage.reopen()).toSorted()).toEqual(names(storage).toSorted())
  })

  it('do not come back once they were deleted', async () => {
    const storage = withFirstRules(memoryStorage(), T0)
    stageFleet(storage)
    await storage.journal.commit({
      ...emptyEntry,
      alerting: {
        ...emptyAlerting,
        rulesDeleted: storage.restored.alerting.rules.map(({ rule }) => rule.id),
      },
    })
    expect(names(withFirstRules(storage.reopen(), T0))).toEqual([])
  })

  it.each([
    ['settings that cannot be read any more', { lastSettingsVersion: 3 }],
    ['providers', { providers: [providerNamed('acme')] }],
  ])('are not given to an installation with %s', (_what, restored) => {
    const storage = memoryStorage()
    const found = { ...storage, restored: { ...storage.restored, ...restored } }
    expect(names(withFirstRules(found, T0))).toEqual([])
  })

  it('take a provider for well only after as long as a success rate looks back', () => {
    const byId = new Map(
      withFirstRules(memoryStorage(), T0).restored.alerting.rules.map(({ rule }) => [rule.id, rule]),
    )
    expect(byId.get('first-success-rate')?.condition).toMatchObject({ windowMs: 300_000 })
    expect(byId.get('first-provider-down')).toMatchObject({ forMs: 60_000, keepFiringMs: 300_000 })
  })

  it('are rules that somebody could have made', () => {
    for (const { rule } of withFirstRules(memoryStorage(), T0).restored.alerting.rules) {
      const input = createRuleSchema.parse(inputOfRule(rule, null))
      expect(ruleOfInput(rule.id, input)).toEqual(rule)
    }
  })
})

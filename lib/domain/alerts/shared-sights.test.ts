import { expect, it } from 'vitest'
import { aDeadProvider, aRule, T0, windowsOf } from './alerts.fixture.ts'
import { compileRule } from './compiled-rule.ts'
import { evaluateSubjects } from './evaluate-subjects.ts'
import { shared, type SharedSights } from './shared-sights.ts'

it('is one object for all who see the same', () => {
  const sights: SharedSights = new Map()
  const seen = { value: 0.5, sentence: 'half of the calls fail' }
  expect(shared(seen, sights)).toBe(seen)
  expect(shared({ ...seen }, sights)).toBe(seen)
  const other = { ...seen, sentence: 'a third of the calls fail' }
  expect(shared(other, sights)).toBe(other)
})

it('tells apart what only reads the same', () => {
  const sights: SharedSights = new Map()
  const seen = { value: 0.501, sentence: '50 % of the calls fail' }
  shared(seen, sights)
  expect(shared({ ...seen, value: 0.502 }, sights).value).toBe(0.502)
})

it('is so for rules that ask alike about one provider, and not for two providers', () => {
  const rules = ['a', 'b'].map((id) => compileRule(aRule({ id })))
  const { alerts } = evaluateSubjects(
    { alerts: new Map(), looks: new Map() },
    {
      rules,
      subjects: [aDeadProvider('p1'), aDeadProvider('p2')],
      context: { now: T0, windows: windowsOf() },
      mostSteps: Infinity,
    },
  )
  const seenBy = (key: string, ruleId: string) => alerts.get(key)?.get(ruleId)?.seen
  expect(seenBy('provider:p1', 'a')?.sentence).toContain('p1')
  expect(seenBy('provider:p1', 'b')).toBe(seenBy('provider:p1', 'a'))
  expect(seenBy('provider:p2', 'a')?.sentence).toContain('p2')
})

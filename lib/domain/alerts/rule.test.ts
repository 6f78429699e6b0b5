import { describe, expect, it } from 'vitest'
import { aCircuit, aMonitor, aProvider, aRoute } from './alerts.fixture.ts'
import { CONDITION_TYPES, DEFAULT_CONDITIONS } from './condition.ts'
import type { SubjectFacts } from './facts.ts'
import { scopeTest, subjectTypeOf, type RuleScope } from './rule.ts'
import { subjectKeyOf, subjectText } from './subject.ts'

const tagged = aProvider('p1', { tags: ['eu', 'paid'] })

describe('scopeTest', () => {
  it.each<[scope: RuleScope, facts: SubjectFacts, isIn: boolean]>([
    [{ type: 'all' }, tagged, true],
    [{ type: 'all' }, aRoute('chat'), true],
    [{ type: 'providers', ids: ['p1'] }, tagged, true],
    [{ type: 'providers', ids: ['p1'] }, aCircuit('p1', 'gpt-x'), true],
    [{ type: 'providers', ids: ['p1'] }, aProvider('p2'), false],
    [{ type: 'providers', ids: ['chat'] }, aRoute('chat'), false],
    [{ type: 'providers', ids: [] }, tagged, false],
    [{ type: 'providers', ids: [] }, aMonitor(), true],
    [{ type: 'tags', tags: ['paid', 'x'] }, tagged, true],
    [{ type: 'tags', tags: ['us'] }, tagged, false],
    [{ type: 'tags', tags: ['us'] }, aMonitor(), true],
    [{ type: 'routes', ids: ['chat'] }, aRoute('chat'), true],
    [{ type: 'routes', ids: ['chat'] }, aRoute('other'), false],
    [{ type: 'routes', ids: ['p1'] }, tagged, false],
    [{ type: 'routes', ids: [] }, aMonitor(), true],
  ])('%o of %o', (scope, facts, isIn) => expect(scopeTest(scope)(facts)).toBe(isIn))
})

describe('subjectTypeOf', () => {
  it.each(CONDITION_TYPES.map((type) => [type]))(
    '%s has a kind of subject, which routes change for what is counted in calls',
    (type) => {
      const condition = DEFAULT_CONDITIONS[type]
      const usual = subjectTypeOf({ condition, scope: { type: 'all' } })
      const ofRoutes = subjectTypeOf({ condition, scope: { type: 'routes', ids: ['chat'] } })
      const isCounted = ['success_rate', 'latency_p95', 'burn_rate', 'no_traffic'].includes(type)
      expect(ofRoutes).toBe(isCounted ? 'route' : usual)
      if (isCounted) expect(usual).toBe('provider')
    },
  )
})

describe('subjectKeyOf', () => {
  it('tells any two subjects apart', () => {
    const keys = [
      subjectKeyOf({ type: 'monitor' }),
      subjectKeyOf({ type: 'provider', id: 'monitor', name: '' }),
      subjectKeyOf({ type: 'route', id: 'a/b', name: '' }),
      subjectKeyOf({ type: 'circuit', id: 'a', name: '', model: null }),
      subjectKeyOf({ type: 'circuit', id: 'a', name: '', model: 'b' }),
      subjectKeyOf({ type: 'circuit', id: 'a/b', name: '', model: null }),
      subjectKeyOf({ type: 'circuit', id: 'a%2Fb', name: '', model: null }),
      subjectKeyOf({ type: 'circuit', id: 'a', name: '', model: 'b/c' }),
      subjectKeyOf({ type: 'circuit', id: 'a/b', name: '', model: 'c' }),
    ]
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('subjectText', () => {
  it.each([
    [{ type: 'monitor' } as const, 'Switchyard itself'],
    [{ type: 'route', id: 'r', name: 'chat' } as const, 'route chat'],
    [{ type: 'provider', id: 'p', name: 'openai-prod' } as const, 'openai-prod'],
    [{ type: 'circuit', id: 'p', name: 'openai-prod', model: null } as const, 'openai-prod'],
    [{ type: 'circuit', id: 'p', name: 'openai-prod', model: 'gpt-x' } as const, 'openai-prod, model gpt-x'],
  ])('says %o as %s', (subject, text) => expect(subjectText(subject)).toBe(text))
})

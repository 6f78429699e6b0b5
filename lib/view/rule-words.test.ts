import { describe, expect, it } from 'vitest'
import { type AlertConditionInput, inputOfCondition } from '#lib/contract/alert-condition.ts'
import type { RuleConfig } from '#lib/contract/alert-rule.ts'
import { CONDITION_TYPES, type ConditionType, DEFAULT_CONDITIONS } from '#lib/domain/alerts/condition.ts'
import { ruleConditionWords, scopesFor, scopeWords, toldWords } from './rule-words.ts'

const nameOf = (id: string) => ({ acme: 'Acme' })[id] ?? id
const plain = (text: string) => text.replaceAll('\u202f', ' ')

describe('what a rule looks for', () => {
  it.each<[AlertConditionInput, string]>([
    [{ type: 'provider_unhealthy' }, 'a provider is unhealthy'],
    [{ type: 'circuit_flapping', openings: 3, window: '15m' }, 'a circuit opens 3 times within 15m'],
    [
      { type: 'success_rate', below: 0.95, window: '5m', minSamples: 10 },
      'less than 95 % of calls succeed within 5m, of 10 or more',
    ],
    [
      { type: 'latency_p95', above: '3s', window: '5m', minSamples: 1 },
      'p95 is above 3s within 5m, of 1 call or more',
    ],
    [
      {
        type: 'burn_rate',
        objective: 0.999,
        minSamples: 10,
        windows: [
          { factor: 14.4, long: '60m', short: '5m' },
          { factor: 6, long: '6h', short: '30m' },
        ],
      },
      'the budget of 99.90 % burns 14.4 × as fast over 60m and 5m, or 6 × as fast over 6h and 30m',
    ],
    [{ type: 'route_members', atMost: 1 }, 'a route has 1 eligible member or fewer'],
    [{ type: 'route_members', atMost: 0 }, 'a route has 0 eligible members'],
    [{ type: 'probe_cost', share: 1, of: 'spent' }, 'checks have cost 100 % of the day’s budget or more'],
    [{ type: 'override_ending', within: '15m' }, 'an override ends within 15m'],
  ])('%j', (condition, words) => {
    expect(plain(ruleConditionWords(condition))).toBe(words)
  })

  it('is in words whatever it is', () => {
    for (const type of CONDITION_TYPES)
      expect(ruleConditionWords(inputOfCondition(DEFAULT_CONDITIONS[type]))).toMatch(/^[a-z].*[a-z\d)]$/)
  })
})

describe('whom a rule is about', () => {
  const about = (scope: RuleConfig['scope'], type: 'no_traffic' | 'route_members' | 'monitor_impaired') =>
    scopeWords({ scope, condition: inputOfCondition(DEFAULT_CONDITIONS[type]) }, nameOf)

  it('is said by name', () => {
    expect(about({ type: 'all' }, 'no_traffic')).toBe('every provider')
    expect(about({ type: 'all' }, 'route_members')).toBe('every route')
    expect(about({ type: 'all' }, 'monitor_impaired')).toBe('Switchyard itself')
    expect(about({ type: 'providers', ids: ['acme', 'gone'] }, 'no_traffic')).toBe('Acme and gone')
    expect(about({ type: 'tags', tags: ['eu'] }, 'no_traffic')).toBe('providers tagged eu')
    expect(about({ type: 'routes', ids: ['acme'] }, 'no_traffic')).toBe('route acme')
    expect(about({ type: 'routes', ids: ['chat', 'mail'] }, 'no_traffic')).toBe('routes chat and mail')
  })

  it.each<[ConditionType, string[]]>([
    ['provider_unhealthy', ['all', 'providers', 'tags']],
    ['circuit_opened', ['all', 'providers', 'tags']],
    ['success_rate', ['all', 'providers', 'tags', 'routes']],
    ['no_traffic', ['all', 'providers', 'tags', 'routes']],
    ['route_members', ['all', 'routes']],
    ['monitor_impaired', ['all']],
  ])('is only what %s can be about', (type, scopes) => {
    expect(scopesFor(type)).toEqual(scopes)
  })
})

it('says who is told', () => {
  expect(toldWords(null, nameOf)).toBe('all channels')
  expect(toldWords([], nameOf)).toBe('nobody')
  expect(toldWords(['acme', 'pager'], nameOf)).toBe('Acme and pager')
})

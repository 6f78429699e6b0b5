import { expect, it } from 'vitest'
import { NOON, request } from './decide.fixture.ts'
import type { RequestFacts } from './request-facts.ts'
import { resolveStrategy } from './resolve-strategy.ts'
import type { Condition, Strategy } from './route.ts'

const only = (providerId: string): Strategy => ({ type: 'single', providerId })

const when = (rules: [name: string, when: Condition, use: Strategy][], otherwise: Strategy): Strategy => ({
  type: 'conditional',
  rules: rules.map(([name, condition, use]) => ({ name, when: condition, use })),
  otherwise,
})

const nested = when(
  [
    ['large', { minTokens: 1_000 }, when([['europe', { region: 'eu' }, only('large-eu')]], only('large'))],
    ['ann', { user: 'ann' }, only('ann')],
    ['ann again', { user: 'ann' }, only('never')],
  ],
  when([['europe', { region: 'eu' }, only('small-eu')]], only('small')),
)

it.each<[string, Partial<RequestFacts>, string, string]>([
  ['the first rule that matches', { userId: 'ann' }, 'ann', 'ann'],
  ['an earlier rule before a later', { userId: 'ann', estimatedTokens: 1_000 }, 'large', 'large › otherwise'],
  ['a rule within a rule', { estimatedTokens: 1_000, region: 'eu' }, 'large-eu', 'large › europe'],
  ['a rule within the other case', { region: 'eu' }, 'small-eu', 'otherwise › europe'],
  ['the other case, where no rule matches', {}, 'small', 'otherwise › otherwise'],
])('takes %s', (_what, facts, providerId, rule) => {
  expect(resolveStrategy(nested, request(facts), NOON)).toEqual({ strategy: only(providerId), rule })
})

it('has no rule where the strategy is not conditional', () => {
  expect(resolveStrategy(only('a'), request(), NOON)).toEqual({ strategy: only('a'), rule: null })
})

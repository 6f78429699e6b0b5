import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelsFor, T0 } from './alerts.fixture.ts'
import type { AlertLabels } from './alert.ts'
import { matchesGlob } from './glob.ts'
import {
  isInForce,
  matchesAlert,
  matchesNow,
  nextEdge,
  silenceOf,
  type Matcher,
  type MatcherField,
  type MatcherOperator,
  type Silence,
} from './silence.ts'

const openai = labelsFor('p1', 'success_rate', {
  subject: { type: 'provider', id: 'p1', name: 'openai-prod' },
  ruleId: 'r1',
  ruleName: 'Low success',
  tags: ['eu', 'paid'],
})
const chat: AlertLabels = {
  ...labelsFor('', 'route_members'),
  providerId: null,
  subject: { type: 'route', id: 'rt1', name: 'chat' },
  subjectKey: 'route:rt1',
}
const monitor: AlertLabels = {
  ...chat,
  condition: 'monitor_impaired',
  subject: { type: 'monitor' },
  subjectKey: 'monitor',
}
const one = (field: MatcherField, operator: MatcherOperator, value: string): Matcher => ({
  field,
  operator,
  value,
})

describe('matchesAlert', () => {
  it.each<[matcher: Matcher, labels: AlertLabels, matches: boolean]>([
    [one('provider', 'is', 'p1'), openai, true],
    [one('provider', 'is', 'openai-prod'), openai, true],
    [one('provider', 'is', 'openai'), openai, false],
    [one('provider', 'matches', 'OpenAI-*'), openai, true],
    [one('provider', 'matches', 'azure-*'), openai, false],
    [one('provider', 'is_not', 'p2'), openai, true],
    [one('provider', 'is_not', 'openai-prod'), openai, false],
    [one('provider', 'is_not', 'p1'), chat, false],
    [one('provider', 'matches', '*'), chat, false],
    [one('provider', 'matches', '*'), monitor, false],
    [one('tag', 'is', 'eu'), openai, true],
    [one('tag', 'is', 'us'), openai, false],
    [one('tag', 'is_not', 'us'), openai, true],
    [one('tag', 'is_not', 'paid'), openai, false],
    [one('tag', 'is_not', 'paid'), chat, true],
    [one('route', 'is', 'chat'), chat, true],
    [one('route', 'is', 'rt1'), chat, true],
    [one('route', 'is', 'p1'), openai, false],
    [one('rule', 'is', 'r1'), openai, true],
    [one('rule', 'matches', 'low *'), openai, true],
    [one('severity', 'is', 'warning'), openai, true],
    [one('severity', 'is_not', 'warning'), openai, false],
    [one('condition', 'is', 'success_rate'), openai, true],
    [one('condition', 'matches', '*_rate'), chat, false],
  ])('%o of %o: %s', (matcher, labels, matches) => expect(matchesAlert([matcher], labels)).toBe(matches))

  it('wants all of them, and silences nothing without any', () => {
    expect(matchesAlert([one('tag', 'is', 'eu'), one('severity', 'is', 'warning')], openai)).toBe(true)
    expect(matchesAlert([one('tag', 'is', 'eu'), one('severity', 'is', 'critical')], openai)).toBe(false)
    expect(matchesAlert([], openai)).toBe(false)
  })

  it('counts what it would silence now', () => {
    const alerts = [{ labels: openai }, { labels: chat }, { labels: monitor }]
    expect(matchesNow([one('severity', 'is', 'warning')], alerts)).toHaveLength(3)
    expect(matchesNow([one('tag', 'is', 'eu')], alerts)).toEqual([{ labels: openai }])
  })
})

const silence = (id: string, ...intervals: [from: number, until: number][]): Silence => ({
  id,
  matchers: [one('tag', 'is', 'eu')],
  createdBy: 'ada',
  reason: 'upgrade',
  intervals: intervals.map(([from, until]) => ({ from: T0 + from, until: T0 + until })),
})

describe('a silence', () => {
  const twice = silence('s1', [0, 10], [20, 30])

  it.each([
    [-1, false],
    [0, true],
    [9, true],
    [10, false],
    [20, true],
    [30, false],
  ])('at %i is in force: %s', (at, is) => {
    expect(isInForce(twice, T0 + at)).toBe(is)
    expect(silenceOf(openai, [silence('s0', [40, 50]), twice], T0 + at)?.id ?? null).toBe(is ? 's1' : null)
    expect(silenceOf(chat, [twice], T0 + at)).toBeNull()
  })

  it.each([
    [-1, 0],
    [0, 10],
    [10, 20],
    [29, 30],
    [30, null],
  ])('after %i changes at %s', (at, next) => {
    expect(nextEdge(twice, T0 + at)).toBe(next === null ? null : T0 + next)
  })
})

describe('matchesGlob', () => {
  it.each([
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['?', '', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*.eu', 'a.eu.eu', true],
    ['a.c', 'abc', false],
    ['[a]', '[a]', true],
    ['A*', 'abc', true],
  ])('%s of %s: %s', (pattern, text, matches) => expect(matchesGlob(pattern, text)).toBe(matches))

  it('agrees with a plain definition', () => {
    const plain = (pattern: string, text: string): boolean => {
      if (pattern === '') return text === ''
      if (pattern.startsWith('*'))
        return plain(pattern.slice(1), text) || (text !== '' && plain(pattern, text.slice(1)))
      return (
        text !== '' &&
        (pattern.startsWith('?') || pattern[0] === text[0]) &&
        plain(pattern.slice(1), text.slice(1))
      )
    }
    const letters = (alphabet: string, maxLength: number) =>
      fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), maxLength })
    fc.assert(
      fc.property(letters('ab*?', 7), letters('ab', 8), (pattern, text) => {
        expect(matchesGlob(pattern, text)).toBe(plain(pattern, text))
      }),
      { numRuns: 1_000 },
    )
  })

  it('takes no time for ever over what would make a regular expression blow up', () => {
    expect(matchesGlob('*a'.repeat(50) + 'b', 'a'.repeat(20_000))).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import type { BackTestResult } from '#lib/contract/back-test.ts'
import {
  type BackTestAnswer,
  backTestCondition,
  backTestMarks,
  backTestRemarks,
  backTestSentence,
  lastedWords,
  outdatedWords,
} from './back-test-view.ts'
import { newRuleForm } from './rule-form.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const TO = Date.parse('2026-11-28T12:00:00Z')
const iso = (at: number) => new Date(at).toISOString()

const firing = (firedAt: number, lastedMs: number, isOver = true): BackTestResult['firings'][number] => ({
  subject: { type: 'provider', id: 'acme', model: null, text: 'Acme' },
  firedAt: iso(firedAt),
  resolvedAt: isOver ? iso(firedAt + lastedMs) : null,
  lastedMs,
  sentence: '40 % of calls of Acme succeeded',
})

const result = (over: Partial<BackTestResult> = {}): BackTestResult => ({
  testable: true,
  reason: null,
  from: iso(TO - 7 * DAY_MS),
  to: iso(TO),
  subjects: { covered: 3, tested: 3 },
  count: 0,
  firings: [],
  ...over,
})

const answer = (over: Partial<BackTestAnswer> = {}): BackTestAnswer => ({
  result: result(),
  form: newRuleForm('success_rate', 'Fails'),
  days: 7,
  ...over,
})

describe('how often it would have fired', () => {
  it.each([
    [0, 7 * DAY_MS, 'Would not have fired in 7 days'],
    [1, DAY_MS, 'Would have fired once in 1 day'],
    [4, 7 * DAY_MS, 'Would have fired 4 times in 7 days'],
    [1_204, 14 * DAY_MS, 'Would have fired 1,204 times in 14 days'],
    [2, 7 * DAY_MS - 5 * 60_000, 'Would have fired 2 times in 7 days'],
    [2, 3 * HOUR_MS, 'Would have fired 2 times in 3\u202fh'],
    [2, 3 * DAY_MS + 5 * HOUR_MS, 'Would have fired 2 times in 3\u202fd 5\u202fh'],
  ])('says of %d in %d ms: %s', (count, ms, words) => {
    expect(backTestSentence(result({ count, from: iso(TO - ms) }))).toBe(words)
  })
})

describe('what must be known to trust the count', () => {
  it('is nothing where all was tried', () => {
    expect(backTestRemarks(answer())).toEqual([])
  })

  it.each<[string, BackTestAnswer, string]>([
    [
      'not all were tried',
      answer({ result: result({ subjects: { covered: 500, tested: 40 } }) }),
      'Tried on 40 of 500 providers; the others are not in the count.',
    ],
    [
      'circuits are called circuits',
      answer({
        form: newRuleForm('circuit_opened'),
        result: result({ subjects: { covered: 9, tested: 4 } }),
      }),
      'Tried on 4 of 9 circuits; the others are not in the count.',
    ],
    [
      'it is kept for less long',
      answer({ days: 30, result: result({ from: iso(TO - 14 * DAY_MS) }) }),
      'The record goes back no further: it has no more of the 30 days.',
    ],
    [
      'one would fire still',
      answer({ result: result({ count: 1, firings: [firing(TO - HOUR_MS, HOUR_MS, false)] }) }),
      '1 alert would fire still.',
    ],
    [
      'not all are listed',
      answer({ result: result({ count: 9, firings: [firing(TO - HOUR_MS, 1_000)] }) }),
      'The first 1 are listed.',
    ],
  ])('says when %s', (_when, given, words) => {
    expect(backTestRemarks(given)).toEqual([words])
  })
})

describe('the strip', () => {
  it('has each firing at its place, and none beyond the end', () => {
    const marks = backTestMarks(
      result({
        from: iso(TO - 10 * HOUR_MS),
        firings: [firing(TO - 5 * HOUR_MS, HOUR_MS), firing(TO - HOUR_MS, 2 * HOUR_MS, false)],
      }),
    )
    expect(marks.map(({ x, width }) => [x, Number(width.toFixed(6))])).toEqual([
      [0.5, 0.1],
      [0.9, 0.1],
    ])
  })
})

describe('how long it lasted', () => {
  it('is told, and that it goes on', () => {
    expect(lastedWords(firing(TO, 22 * 60_000))).toBe('for 22\u202fmin')
    expect(lastedWords(firing(TO, 22 * 60_000, false))).toBe('would fire still, for 22\u202fmin')
  })
})

describe('whether the answer is about what is asked', () => {
  const form = newRuleForm('success_rate', 'Fails')
  const ask = (over: Partial<typeof form>, days: 7 | 14 = 7) => ({ form: { ...form, ...over }, days })

  it('is so while nothing that decides has changed', () => {
    expect(outdatedWords(answer(), ask({}))).toBeNull()
    const of = { name: 'Other', severity: 'info', channels: [], runbookUrl: 'https://x.example' } as const
    expect(outdatedWords(answer(), ask({ ...of, channels: [], enabled: false }))).toBeNull()
  })

  it.each([
    ['condition', { condition: { ...form.condition, below: 0.5 } }],
    ['scope', { scope: { type: 'tags' as const, ids: [], tags: 'eu' } }],
    ['time before it fires', { for: '5m' }],
    ['time before it is over', { keepFiring: '5m' }],
    ['way with no data', { noData: 'fire' as const }],
  ])('is not when the %s has changed', (_what, over) => {
    expect(outdatedWords(answer(), ask(over))).toMatch(/before your last changes/)
  })

  it('is not when another range is asked for', () => {
    expect(outdatedWords(answer(), ask({}, 14))).toBe('This is over 7 days.')
  })
})

describe('what the panel says', () => {
  const asked = { form: newRuleForm('success_rate', 'Fails'), days: 7 as const }
  const facts = { answer: null, asked, isPending: false, error: null }
  const error = { text: 'The server is busy.', requestId: 'req-1' }
  const changed = { form: { ...asked.form, for: '9m' }, days: 7 as const }
  const refused = answer({ result: result({ testable: false, reason: 'It is not recorded.' }) })

  it.each([
    ['nothing was tried', facts, { kind: 'empty' }],
    ['the first try runs', { ...facts, isPending: true }, { kind: 'loading' }],
    ['the first try failed', { ...facts, error }, { kind: 'failed', requestId: 'req-1' }],
    ['there is an answer', { ...facts, answer: answer() }, { kind: 'ready' }],
    ['another is coming', { ...facts, answer: answer(), isPending: true }, { kind: 'refreshing' }],
    ['the next failed', { ...facts, answer: answer(), error }, { kind: 'failed_refresh', asOf: TO }],
    ['the next failed after one that could not', { ...facts, answer: refused, error }, { kind: 'failed' }],
    ['the form has changed', { ...facts, answer: answer(), asked: changed }, { kind: 'partial' }],
    [
      'it covers nobody',
      { ...facts, answer: answer({ result: result({ subjects: { covered: 0, tested: 0 } }) }) },
      { kind: 'empty', text: 'It covers no provider: there is nothing to try it on.' },
    ],
    [
      'nothing is recorded yet',
      { ...facts, answer: answer({ result: result({ from: iso(TO) }) }) },
      { kind: 'empty', text: 'Nothing that it looks at is recorded yet.' },
    ],
    ['it cannot be tried', { ...facts, answer: refused }, { kind: 'empty', text: 'It is not recorded.' }],
  ])('when %s', (_when, given, expected) => {
    expect(backTestCondition(given)).toMatchObject(expected)
  })

  it('says of what could not be tried that the rule has changed', () => {
    expect(backTestCondition({ ...facts, answer: refused, asked: changed })).toEqual({
      kind: 'empty',
      text: 'It is not recorded. This is of the rule as it was before your last changes.',
    })
  })
})

import { describe, expect, it } from 'vitest'
import { mayAskAgain, previewCondition, type ReplayFacts } from './preview-condition.ts'
import {
  coverageWords,
  exactnessFacts,
  exactnessWords,
  previewRangeMs,
  previewRangeWords,
} from './preview-coverage.ts'
import { previewOf } from './preview.fixture.ts'

const answer = previewOf()
const error = { text: 'The server cannot be reached.', requestId: null }
const facts: ReplayFacts = {
  draft: 'valid',
  answer,
  isCurrent: true,
  isComing: false,
  error: null,
  zone: 'UTC',
}
const nothing = { ...answer.total.exactness, outcomes: 0, recordedFrom: null }
const late = { ...answer.total.exactness, recordedFrom: '1970-01-01T00:30:00.000Z' }

describe('previewCondition', () => {
  it.each<[string, Partial<ReplayFacts>, string, boolean]>([
    ['no draft', { draft: 'none', answer: null, isCurrent: false }, 'empty', false],
    ['the first is on its way', { answer: null, isCurrent: false, isComing: true }, 'loading', false],
    ['the first failed', { answer: null, isCurrent: false, error }, 'failed', true],
    [
      'the first failed and comes again',
      { answer: null, isCurrent: false, isComing: true, error },
      'loading',
      false,
    ],
    ['the first was stopped', { answer: null, isCurrent: false }, 'empty', true],
    ['errors before any answer', { draft: 'invalid', answer: null, isCurrent: false }, 'empty', false],
    ['an answer', {}, 'ready', false],
    ['the next is on its way', { isCurrent: false, isComing: true }, 'refreshing', false],
    ['the next failed', { isCurrent: false, error }, 'failed_refresh', true],
    ['the next was stopped', { isCurrent: false }, 'partial', true],
    ['errors after an answer', { draft: 'invalid', isCurrent: false }, 'partial', false],
    [
      'an error of an earlier draft does not hide errors of this',
      { draft: 'invalid', error },
      'partial',
      false,
    ],
    [
      'nothing recorded',
      { answer: { ...answer, total: { ...answer.total, exactness: nothing } } },
      'empty',
      false,
    ],
    [
      'records begin late',
      { answer: { ...answer, total: { ...answer.total, exactness: late } } },
      'partial',
      false,
    ],
  ])('%s', (_why, some, kind, again) => {
    const all = { ...facts, ...some }
    expect(previewCondition(all).kind).toBe(kind)
    expect(mayAskAgain(all)).toBe(again)
  })
})

describe('the words on what was recorded', () => {
  const exact = answer.total.exactness

  it('say whether all was recorded call by call', () => {
    expect(exactnessWords(exact)).toBe('Exact: 100 outcomes, each recorded call by call.')
    expect(exactnessWords({ ...exact, outcomes: 1_000, approximate: 140, share: 0.86 })).toBe(
      '86\u202f% exact: 1,000 outcomes, of which 140 came too fast and were only counted by the second.',
    )
    expect(exactnessWords(nothing)).toBe('Nothing is recorded in this range.')
    expect(exactnessFacts(exact)).toBe('100 outcomes, 100\u202f% exact')
    expect(exactnessFacts(nothing)).toBe('nothing recorded')
  })

  it('say where the records begin, unless that is about the beginning', () => {
    expect(coverageWords(late, answer, 'UTC')).toBe(
      'Records begin 1 Jan 00:30:00 UTC: they cover 30\u202fmin of 1\u202fh.',
    )
    expect(coverageWords({ recordedFrom: '1970-01-01T00:01:00.000Z' }, answer, 'UTC')).toBeNull()
    expect(coverageWords(nothing, answer, 'UTC')).toBeNull()
  })

  it('name the ranges', () => {
    expect((['24h', '7d', '30d'] as const).map(previewRangeWords)).toEqual([
      '24\u202fh',
      '7\u202fd',
      '30\u202fd',
    ])
    expect(previewRangeMs('24h')).toBe(86_400_000)
  })
})

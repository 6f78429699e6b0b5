import { describe, expect, it } from 'vitest'
import type { OutcomeClass } from '#lib/domain/outcome.ts'
import { classCount, fullErrorWords } from './outcome-words.ts'

describe('classCount', () => {
  it.each<[number, OutcomeClass, string]>([
    [1, 'provider_error', '1 provider error'],
    [38, 'provider_error', '38 provider errors'],
    [1_204, 'client_error', '1,204 client errors'],
    [1_204, 'ok', '1,204 ok'],
    [12, 'rate_limited', '12 rate limited'],
    [2, 'credentials', '2 credentials refused'],
    [2, 'internal', '2 our own fault'],
  ])('says of %i %s: %s', (count, outcomeClass, words) => expect(classCount(count, outcomeClass)).toBe(words))
})

describe('fullErrorWords', () => {
  const broken = { kind: 'http_status', httpStatus: 500 } as const

  it.each<[why: string, call: Parameters<typeof fullErrorWords>[0], words: string]>([
    ['no error', { ...broken, error: null }, '500 internal server error'],
    ['the same', { ...broken, error: '500 internal server error' }, '500 internal server error'],
    [
      'more of the same',
      { ...broken, error: '500 internal server error: try later' },
      '500 internal server error: try later',
    ],
    ['something else', { ...broken, error: 'try later' }, '500 internal server error: try later'],
    [
      'words that only begin alike',
      { kind: 'refused', httpStatus: null, error: 'connect refused by 127.0.0.1' },
      'connect refused: connect refused by 127.0.0.1',
    ],
  ])('says what went wrong once: %s', (_why, call, words) => expect(fullErrorWords(call)).toBe(words))
})

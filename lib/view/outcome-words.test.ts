import { describe, expect, it } from 'vitest'
import type { OutcomeClass } from '#lib/domain/outcome.ts'
import { classCount } from './outcome-words.ts'

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

import { expect, it } from 'vitest'
import { compareNames } from './name-order.ts'

const sorted = (names: readonly string[]) => names.toSorted(compareNames)

it.each<[why: string, ordered: readonly string[]]>([
  ['numbers count as numbers', ['Provider 1', 'Provider 2', 'Provider 10']],
  ['also between letters', ['eu-9-azure', 'eu-10-azure']],
  ['case matters least', ['anthropic', 'Azure', 'groq', 'Mistral']],
  ['letters with signs stand beside those without', ['Ecole', 'École', 'Fabrik']],
  ['what the collator takes for the same still has an order', ['a\u0000', 'a\u0001']],
])('%s', (_why, ordered) => {
  expect(sorted(ordered)).toEqual(ordered)
  expect(sorted(ordered.toReversed())).toEqual(ordered)
})

it('finds no difference only in the same text', () => {
  expect(compareNames('a', 'a')).toBe(0)
  expect(compareNames('Provider 2', 'Provider 02')).not.toBe(0)
})

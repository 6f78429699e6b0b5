import { describe, expect, it } from 'vitest'
import { filtersInForce, noMatchWords } from './no-match.ts'

describe('the filters that are in force', () => {
  it('are told as their controls call them, with what was chosen', () => {
    expect(
      filtersInForce([
        ['', ' azure '],
        ['route', 'chat'],
      ]),
    ).toEqual(['“azure”', 'route “chat”'])
  })

  it('are not those that let everything pass', () => {
    expect(
      filtersInForce([
        ['', null],
        ['', '  '],
        ['show', ''],
      ]),
    ).toEqual([])
  })
})

describe('a list in which nothing matches', () => {
  it.each([
    [['“azure”'], 'No provider matches “azure”.'],
    [['“azure”', 'show “Unhealthy”'], 'No provider matches “azure” and show “Unhealthy”.'],
    [
      ['route “chat”', 'provider “A”', '“Failed only”'],
      'No provider matches route “chat”, provider “A” and “Failed only”.',
    ],
  ])('names every filter: %j', (inForce, words) => {
    expect(noMatchWords('provider', inForce)).toBe(words)
  })
})

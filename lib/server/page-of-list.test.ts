import { describe, expect, it } from 'vitest'
import { pageOfList } from './page-of-list.ts'

const keyOf = (item: string) => item
const items = ['a', 'b', 'c', 'd', 'e']

describe('pageOfList', () => {
  it('is the whole list without a limit', () => {
    expect(pageOfList(items, { keyOf })).toEqual({ items, nextCursor: null })
  })

  it('is walked from page to page without loss or repetition', () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = pageOfList(items, { cursor, limit: 2, keyOf })
      seen.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(items)
  })

  it('ends where the list ends exactly', () => {
    expect(pageOfList(items, { cursor: 'c', limit: 2, keyOf })).toEqual({
      items: ['d', 'e'],
      nextCursor: null,
    })
    expect(pageOfList([], { limit: 2, keyOf })).toEqual({ items: [], nextCursor: null })
  })
})

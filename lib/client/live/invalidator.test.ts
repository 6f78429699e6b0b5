import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { throttledInvalidator } from './invalidator.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function cacheOf(...keys: string[][]) {
  const client = new QueryClient()
  for (const key of keys) client.setQueryData(key, 'kept')
  const stale = () =>
    client
      .getQueryCache()
      .getAll()
      .filter(({ state }) => state.isInvalidated)
      .map(({ queryKey }) => queryKey.join('.'))
  return { client, stale }
}

it('invalidates at once what lies under the keys, and nothing else', () => {
  const { client, stale } = cacheOf(
    ['providers', 'a', 'history', '1h'],
    ['providers', 'b', 'history'],
    ['providers', 'ab'],
  )
  throttledInvalidator(client, 1_000)([['providers', 'a']])
  expect(stale()).toEqual(['providers.a.history.1h'])
})

it('gathers what comes while it rests, and takes it all at the end', () => {
  const { client, stale } = cacheOf(['a'], ['b'], ['c'])
  const invalidate = throttledInvalidator(client, 1_000)
  invalidate([['a']])
  invalidate([['b']])
  invalidate([['c'], ['b']])
  vi.advanceTimersByTime(999)
  expect(stale()).toEqual(['a'])
  vi.advanceTimersByTime(1)
  expect(stale()).toEqual(['a', 'b', 'c'])
})

it('is ready at once again after a rest in which nothing came', () => {
  const { client, stale } = cacheOf(['a'], ['b'])
  const invalidate = throttledInvalidator(client, 1_000)
  invalidate([['a']])
  vi.advanceTimersByTime(1_000)
  invalidate([['b']])
  expect(stale()).toEqual(['a', 'b'])
})

import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query'

/**
 * Invalidates everything under the given keys at most once per `everyMs`: at once when it has rested, else all that
 * was gathered meanwhile in one go, so that a thousand changes a second cost one walk through the cache.
 */
export function throttledInvalidator(
  client: QueryClient,
  everyMs: number,
): (keys: readonly QueryKey[]) => void {
  let gathered = new Set<string>()
  let isResting = false

  function flush(): void {
    isResting = gathered.size > 0
    if (!isResting) return
    const prefixes = gathered
    gathered = new Set()
    setTimeout(flush, everyMs)
    void client.invalidateQueries({
      predicate: ({ queryKey }) =>
        queryKey.some((_, last) => prefixes.has(hashKey(queryKey.slice(0, last + 1)))),
    })
  }

  return (keys) => {
    for (const key of keys) gathered.add(hashKey(key))
    if (!isResting) flush()
  }
}

import type { QueryClient, QueryKey } from '@tanstack/react-query'

/** Invalidates keys at most once per `everyMs` each: at once, and again at the end when there was more. */
export function throttledInvalidator(client: QueryClient, everyMs: number): (queryKey: QueryKey) => void {
  const resting = new Map<string, { again: boolean }>()
  const invalidate = (queryKey: QueryKey) => {
    const name = JSON.stringify(queryKey)
    const rest = resting.get(name)
    if (rest) {
      rest.again = true
      return
    }
    void client.invalidateQueries({ queryKey })
    const begun = { again: false }
    resting.set(name, begun)
    setTimeout(() => {
      resting.delete(name)
      if (begun.again) invalidate(queryKey)
    }, everyMs)
  }
  return invalidate
}

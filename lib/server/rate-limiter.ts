/** So many at once, and so many a second in the long run. */
export type Rate = { burst: number; perSecond: number }

/** Lets each key have its rate. */
export type RateLimiter = {
  /** Takes one of the key's share: null when it may go on, else the ms until the next is there; a refusal costs nothing. */
  take: (key: string) => number | null
  /** How many keys are remembered. */
  size: () => number
}

/** Keys that are remembered; whoever has this many addresses is not stopped by counting them. */
const MOST_KEYS = 20_000

/**
 * A token bucket for each key, in memory. A bucket is one number: when it will be full again. What is full is as good as
 * forgotten, and beyond `mostKeys` the key that was heard of least recently is.
 */
export function createRateLimiter(rate: Rate, now: () => number, mostKeys = MOST_KEYS): RateLimiter {
  const costMs = 1_000 / rate.perSecond
  const roomMs = rate.burst * costMs
  const fullAt = new Map<string, number>()

  return {
    take: (key) => {
      const at = now()
      const next = Math.max(fullAt.get(key) ?? at, at) + costMs
      const waitMs = next - roomMs - at
      // A thousandth of a ms is what adding up fractions costs in exactness.
      if (waitMs > 0.001) return waitMs
      // Written anew, a key is the last of the map's order.
      fullAt.delete(key)
      fullAt.set(key, next)
      const [oldest] = fullAt.keys()
      if (fullAt.size > mostKeys && oldest !== undefined) fullAt.delete(oldest)
      return null
    },
    size: () => fullAt.size,
  }
}

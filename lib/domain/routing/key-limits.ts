/** What a client key may use within any minute; null: as much as it likes. */
export type KeyLimits = { requestsPerMinute: number | null; tokensPerMinute: number | null }

/** What a client key has used lately. */
export type KeyUse = { requests: MinuteCount; tokens: MinuteCount }

/** Counts of the last minute, a second each. */
export type MinuteCount = { second: number; perSecond: number[]; sum: number }

/** Which limit a request runs into, and how long until it no longer does, in ms. */
export type OverLimit = { limit: 'requests' | 'tokens'; retryAfterMs: number }

const SECONDS = 60

/** A key that has used nothing yet. */
export const newKeyUse = (): KeyUse => ({ requests: newCount(), tokens: newCount() })

const newCount = (): MinuteCount => ({ second: 0, perSecond: new Array<number>(SECONDS).fill(0), sum: 0 })

/**
 * Whether a key may make another request now, which then counts. Tokens are known only after a request: one that finds
 * the minute's tokens not used up is let through, whatever it will take.
 */
export function countRequest(use: KeyUse, limits: KeyLimits, now: number): OverLimit | null {
  advance(use.requests, now)
  advance(use.tokens, now)
  const { requestsPerMinute, tokensPerMinute } = limits
  if (requestsPerMinute !== null && use.requests.sum >= requestsPerMinute)
    return { limit: 'requests', retryAfterMs: waitMs(use.requests, requestsPerMinute, now) }
  if (tokensPerMinute !== null && use.tokens.sum >= tokensPerMinute)
    return { limit: 'tokens', retryAfterMs: waitMs(use.tokens, tokensPerMinute, now) }
  add(use.requests, 1)
  return null
}

/** Counts the tokens that a request has turned out to take. */
export function countTokens(use: KeyUse, tokens: number, now: number): void {
  advance(use.tokens, now)
  add(use.tokens, tokens)
}

function add(count: MinuteCount, amount: number): void {
  const place = count.second % SECONDS
  count.perSecond[place] = (count.perSecond[place] ?? 0) + amount
  count.sum += amount
}

/** Forgets what is a minute old. */
function advance(count: MinuteCount, now: number): void {
  const second = Math.floor(now / 1_000)
  const passed = Math.min(SECONDS, second - count.second)
  if (passed <= 0) return
  for (let step = 1; step <= passed; step += 1) {
    const place = (second - passed + step) % SECONDS
    count.sum -= count.perSecond[place] ?? 0
    count.perSecond[place] = 0
  }
  count.second = second
}

/** How long until so much of the minute is forgotten that the limit is no longer reached. */
function waitMs(count: MinuteCount, limit: number, now: number): number {
  let left = count.sum
  for (let age = SECONDS - 1; age >= 0; age -= 1) {
    left -= count.perSecond[(count.second - age + SECONDS) % SECONDS] ?? 0
    if (left < limit) return (count.second - age + SECONDS) * 1_000 - now
  }
  return SECONDS * 1_000
}

import { MAX_RETRY_AFTER_MS } from '../retry-after.ts'

/** The wait after the first attempt that failed; each later one is twice the one before. */
const FIRST_WAIT_MS = 1_000
/** No wait of our own is longer. */
const LONGEST_WAIT_MS = 300_000
/** How far chance moves a wait, either way, so that what failed together does not come back together. */
const JITTER = 0.2
/** What was not delivered in this time is given up. */
export const GIVE_UP_AFTER_MS = 86_400_000

/** Attempts so far. */
export type Attempts = {
  /** How many were made, at least 1. */
  made: number
  /** When the first one was made, epoch ms. */
  firstAt: number
  /** When the last one ended, epoch ms. */
  lastAt: number
  /** How long the receiver asked to be left alone, in ms; null when it did not. */
  retryAfterMs: number | null
}

/**
 * When to try again, in epoch ms; null when it is to be given up: the next attempt would be more than 24 h after the
 * first. Waits 1 s × 2^(made − 1), at most 5 min, ± 20 % by `chance` (0 to 1), and never less than the receiver asked
 * for, of which an hour is honoured.
 */
export function nextAttemptAt(attempts: Attempts, chance: number): number | null {
  const { made, firstAt, lastAt, retryAfterMs } = attempts
  // A power of two past 2^1023 is infinite, and the smaller of it and the longest wait is still right.
  const planned = Math.min(FIRST_WAIT_MS * 2 ** (made - 1), LONGEST_WAIT_MS)
  const jittered = Math.round(planned * (1 + JITTER * (2 * chance - 1)))
  const asked = Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS)
  const at = lastAt + Math.max(jittered, asked)
  return at - firstAt > GIVE_UP_AFTER_MS ? null : at
}

import { networkOf } from '#lib/domain/access/network-of.ts'
import { AppError } from '#lib/domain/errors.ts'
import {
  type BackOff,
  type Failures,
  FORGOTTEN_AFTER_MS,
  oneMore,
  waitMs,
} from '#lib/domain/access/back-off.ts'

/**
 * Where attempts are counted. Somebody who guesses at an account from many addresses slows down strangers to it, and
 * nobody else: a browser in which that account has signed in before has a count of its own (OWASP, "Slow Down Online
 * Guessing Attacks with Device Cookies").
 */
const BACK_OFFS = {
  /** One known browser on its account. */
  browser: { free: 5, firstMs: 1_000, growth: 2, mostMs: 60_000 },
  /** One address on one account. */
  pair: { free: 5, firstMs: 1_000, growth: 2, mostMs: 300_000 },
  /** One address, whatever it tries. */
  address: { free: 20, firstMs: 1_000, growth: 2, mostMs: 900_000 },
  /** All strangers together on one account. */
  account: { free: 30, firstMs: 1_000, growth: 1.5, mostMs: 30_000 },
} as const satisfies Record<string, BackOff>

/** More counts are not kept; the oldest go. */
const MOST_COUNTS = 50_000

/** An attempt to sign in: as whom, from where, and whether the browser is known to that account. */
export type Attempt = { login: string; address: string; knownBrowser: string | null }

/** How often somebody may try to sign in. */
export type SignInLimits = {
  /**
   * Counts the attempt as failed until it is `forgiven`, so that many at once do not slip by. Throws `rate_limited`
   * with the seconds to wait, and counts nothing, where it comes too early.
   */
  begin: (attempt: Attempt) => void
  /** What the attempt showed was right. */
  forgive: (attempt: Attempt) => void
}

/** Limits that hold from now on; `now` is epoch ms. */
export function createSignInLimits(now: () => number): SignInLimits {
  const counts = new Map<string, Failures>()

  const note = (key: string, failures: Failures) => {
    counts.delete(key)
    counts.set(key, failures)
    for (const [oldest, { lastAt }] of counts) {
      if (counts.size <= MOST_COUNTS && failures.lastAt - lastAt <= FORGOTTEN_AFTER_MS) break
      counts.delete(oldest)
    }
  }

  return {
    begin: (attempt) => {
      const at = now()
      const places = placesOf(attempt)
      const wait = Math.max(...places.map(({ key, backOff }) => waitMs(counts.get(key), backOff, at)))
      if (wait > 0) throw tooEarly(wait)
      for (const { key } of places) note(key, oneMore(counts.get(key), at))
    },
    forgive: (attempt) => {
      for (const { key, isOwn } of placesOf(attempt)) {
        const held = counts.get(key)
        if (held === undefined) continue
        // An address that guesses at many accounts is not forgiven for knowing one of them.
        if (isOwn || held.count <= 1) counts.delete(key)
        else counts.set(key, { ...held, count: held.count - 1 })
      }
    },
  }
}

type Place = { key: string; backOff: BackOff; isOwn: boolean }

function placesOf({ login, address, knownBrowser }: Attempt): Place[] {
  const account = login.toLowerCase()
  const network = networkOf(address)
  if (knownBrowser !== null)
    return [{ key: `browser ${knownBrowser} ${account}`, backOff: BACK_OFFS.browser, isOwn: true }]
  return [
    { key: `pair ${network} ${account}`, backOff: BACK_OFFS.pair, isOwn: true },
    { key: `address ${network}`, backOff: BACK_OFFS.address, isOwn: false },
    { key: `account ${account}`, backOff: BACK_OFFS.account, isOwn: false },
  ]
}

function tooEarly(wait: number): AppError {
  const seconds = Math.ceil(wait / 1_000)
  return new AppError('rate_limited', `Too many attempts: try again in ${seconds} s.`, {
    facts: { retryAfterSeconds: seconds },
  })
}

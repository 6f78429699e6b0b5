import type { Principal } from '#lib/domain/access/principal.ts'
import { isAppError } from '#lib/domain/errors.ts'

/** How long a session is believed without asking the database again, ms: what is changed elsewhere shows by then. */
const BELIEVED_MS = 30_000
/** How long it is believed while the database cannot be asked, ms. */
const BELIEVED_AWAY_MS = 15 * 60_000
const MOST_REMEMBERED = 10_000

type Remembered = { principal: Principal | null; at: number }

/** Who stands behind a session's cookie, remembered, so that a call costs no look into the database. */
export type SessionMemory = {
  /** Asks `find` where nothing fresh is remembered, and goes by what is, for a while, when that is `unavailable`. */
  recall: (cookie: string, find: () => Promise<Principal | null>) => Promise<Principal | null>
  forget: () => void
}

/** A memory of sessions; `now` is epoch ms. */
export function createSessionMemory(now: () => number): SessionMemory {
  const remembered = new Map<string, Remembered>()
  /** What is asked while something changes must not be remembered as it was before. */
  let changes = 0

  const note = (cookie: string, principal: Principal | null, at: number) => {
    remembered.delete(cookie)
    remembered.set(cookie, { principal, at })
    const oldest = remembered.keys().next().value
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
  }

  return {
    recall: async (cookie, find) => {
      const at = now()
      const held = remembered.get(cookie)
      if (held !== undefined && at - held.at < BELIEVED_MS) return held.principal
      const before = changes
      try {
        const principal = await find()
        if (before === changes) note(cookie, principal, at)
        return principal
      } catch (error) {
        const mayStand = held !== undefined && at - held.at < BELIEVED_AWAY_MS
        if (mayStand && isAppError(error) && error.code === 'unavailable') return held.principal
        throw error
      }
    },
    forget: () => {
      changes += 1
      remembered.clear()
    },
  }
}

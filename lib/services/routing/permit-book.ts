import { DeadlineQueue } from '#lib/domain/deadline-queue.ts'
import type { Ticket } from './admit.ts'
import type { OpenDecision } from './open-decision.ts'

/** How many permits may be out at once; beyond it the oldest ends early. */
const MAX_PERMITS = 20_000

/** What stands behind a permit that was handed out: what its end is told to. */
export type HandedOut = { ticket: Ticket; decision: OpenDecision; expiresAt: number }

/** The permits of calls that others carry, by the token they were given. Each is taken out once: used, expired or crowded out. */
export class PermitBook {
  readonly #held = new Map<string, HandedOut>()
  readonly #deadlines = new DeadlineQueue()

  /** Puts a permit in; returns the one that had to go for it, or null. */
  add(token: string, handedOut: HandedOut): HandedOut | null {
    const oldest = this.#held.size < MAX_PERMITS ? undefined : this.#held.keys().next().value
    const crowdedOut = oldest === undefined ? null : this.#remove(oldest)
    this.#held.set(token, handedOut)
    this.#deadlines.set(token, handedOut.expiresAt)
    return crowdedOut
  }

  /** The permit behind a token, left in the book; null for one that is unknown, used or expired. */
  find(token: string, now: number): HandedOut | null {
    const handedOut = this.#held.get(token)
    return handedOut === undefined || handedOut.expiresAt <= now ? null : handedOut
  }

  /** Takes out the permit behind a token; null for one that is unknown, used or expired. */
  take(token: string, now: number): HandedOut | null {
    return this.find(token, now) === null ? null : this.#remove(token)
  }

  /** When the next permit expires, epoch ms; null when none is out. */
  get dueAt(): number | null {
    return this.#deadlines.peek()?.at ?? null
  }

  /** Takes out what has expired. */
  takeExpired(now: number): HandedOut[] {
    return this.#deadlines.popDue(now).flatMap(({ id }) => this.#remove(id) ?? [])
  }

  #remove(token: string): HandedOut | null {
    const handedOut = this.#held.get(token) ?? null
    this.#held.delete(token)
    this.#deadlines.remove(token)
    return handedOut
  }
}

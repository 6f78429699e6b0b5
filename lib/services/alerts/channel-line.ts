import { DeadlineQueue } from '#lib/domain/deadline-queue.ts'
import type { Delivery } from '#lib/contract/channel.ts'
import type { DeliveryRecord } from './records.ts'

/** How a channel does. */
export type ChannelHealth = {
  waiting: number
  /** Attempts in a row that did not get through. */
  failures: number
  /** Until when nothing is tried after a failure; null when it may be now. */
  pausedUntil: number | null
  /** The newest attempt; null before any. */
  last: { at: number; result: Delivery } | null
}

/** How an attempt, or a wait without one, can end: delivered, to be tried again, or given up. */
export const DELIVERY_RESULTS = ['delivered', 'retry', 'dead'] as const
/** How many ended in each way since the start. */
export type DeliveryCounts = Readonly<Record<(typeof DELIVERY_RESULTS)[number], number>>

const ATTEMPTS_AT_ONCE = 4

/**
 * What waits for one channel: in order within an incident, at most a few attempts at once, and one at a time with a
 * pause between while it fails, so that ten thousand that wait are not ten thousand that knock.
 */
export class ChannelLine {
  readonly #lines = new Map<string, DeliveryRecord[]>()
  /** Incidents whose first in line is not under way, by when it may be tried. */
  readonly #due = new DeadlineQueue()
  #waiting = 0
  #running = 0
  #failures = 0
  #pausedUntil: number | null = null
  #last: ChannelHealth['last'] = null
  readonly #results = { delivered: 0, retry: 0, dead: 0 }

  add(delivery: DeliveryRecord): void {
    const key = keyOf(delivery)
    const line = this.#lines.get(key)
    this.#waiting += 1
    if (line !== undefined) {
      line.push(delivery)
      return
    }
    this.#lines.set(key, [delivery])
    this.#due.set(key, delivery.nextAttemptAt ?? delivery.createdAt)
  }

  /** The next that may be tried at `now`, which then is under way; null when there is none. */
  take(now: number): DeliveryRecord | null {
    const most = this.#failures > 0 ? 1 : ATTEMPTS_AT_ONCE
    if (this.#running >= most || now < (this.#pausedUntil ?? 0)) return null
    const [next] = this.#due.popDue(now, 1)
    if (next === undefined) return null
    this.#running += 1
    return this.#lines.get(next.id)?.[0] ?? null
  }

  /** What was taken has ended, as `delivery` now says; it stays first in its line while it waits. */
  settle(
    delivery: DeliveryRecord,
    attempt: { at: number; result: Delivery; pausedUntil: number | null },
  ): void {
    const key = keyOf(delivery)
    const line = this.#lines.get(key) ?? []
    this.#running -= 1
    this.#last = { at: attempt.at, result: attempt.result }
    this.#failures = attempt.result.outcome === 'delivered' ? 0 : this.#failures + 1
    this.#pausedUntil = attempt.pausedUntil
    this.#results[delivery.state === 'waiting' ? 'retry' : delivery.state] += 1
    if (delivery.state === 'waiting') line[0] = delivery
    else {
      line.shift()
      this.#waiting -= 1
    }
    const first = line[0]
    if (first === undefined) this.#lines.delete(key)
    else this.#due.set(key, first.nextAttemptAt ?? first.createdAt)
  }

  /** Takes out all that waits and is not under way. */
  clear(): DeliveryRecord[] {
    const taken: DeliveryRecord[] = []
    for (const [key, line] of this.#lines) {
      const isRunning = this.#due.at(key) === null
      taken.push(...line.splice(isRunning ? 1 : 0))
      if (line.length > 0) continue
      this.#lines.delete(key)
      this.#due.remove(key)
    }
    this.#waiting -= taken.length
    this.#results.dead += taken.length
    return taken
  }

  /** When to look again, epoch ms; null when nothing waits, or what is under way must end first. */
  nextAt(): number | null {
    if (this.#running >= (this.#failures > 0 ? 1 : ATTEMPTS_AT_ONCE)) return null
    const next = this.#due.peek()
    return next === null ? null : Math.max(next.at, this.#pausedUntil ?? 0)
  }

  results(): DeliveryCounts {
    return this.#results
  }

  health(now: number): ChannelHealth {
    return {
      waiting: this.#waiting,
      failures: this.#failures,
      pausedUntil: this.#pausedUntil !== null && this.#pausedUntil > now ? this.#pausedUntil : null,
      last: this.#last,
    }
  }
}

/** Notifications of one incident keep their order; others have none among them. */
const keyOf = ({ incidentId, id }: DeliveryRecord): string => incidentId ?? id

import type { Fleet } from '../fleet.ts'
import type { FleetEvent } from '../engine.ts'
import type { ProviderEntry } from '../provider-entry.ts'

/** How long it takes to look once at everybody of whom nothing is heard. */
export const ROUND_MS = 5_000

/**
 * Whom to look at next. Thousands of providers looked at several times a second would hold up the checks, and of most of
 * them nothing but another success is heard: whoever fails, is not well or has moved is looked at at once, the others in
 * turn, as time alone may also make a rule true. Whom a look did not reach comes first in the next.
 */
export class LookRound {
  readonly #heard = new Set<string>()
  #left: ReadonlySet<string> = new Set()
  #walk: MapIterator<ProviderEntry> | null = null
  #lookedAt: number | null = null

  /** Takes notice of what happened. */
  hear(event: FleetEvent, { entries }: Pick<Fleet, 'entries'>): void {
    if (event.type === 'settings') return this.beginAnew()
    if (event.type === 'record') {
      if (event.record.providerId !== null) this.#heard.add(event.record.providerId)
      return
    }
    if (event.type === 'check' && event.check.class !== 'ok') this.#heard.add(event.check.providerId)
    if (event.type === 'row' && entries.get(event.providerId)?.health.status !== 'healthy')
      this.#heard.add(event.providerId)
  }

  /** Takes notice of the providers that were not reached, in their order. */
  leave(providerIds: Iterable<string>): void {
    this.#left = new Set(providerIds)
  }

  /** Everybody is to be looked at next. */
  beginAnew(): void {
    this.#lookedAt = null
  }

  /** Whom to look at `now`, epoch ms, none twice: who was not reached, who was heard of, and who waits longest for a turn. */
  take({ entries }: Pick<Fleet, 'entries'>, now: number): Set<ProviderEntry> {
    const taken = new Set<ProviderEntry>()
    for (const ids of [this.#left, this.#heard])
      for (const id of ids) {
        const entry = entries.get(id)
        if (entry !== undefined) taken.add(entry)
      }
    this.#left = new Set()
    this.#heard.clear()
    for (let left = this.#due(entries.size, now); left > 0; left -= 1) taken.add(this.#next(entries))
    return taken
  }

  /** How many have their turn. */
  #due(size: number, now: number): number {
    const since = this.#lookedAt
    this.#lookedAt = now
    // A clock that was set back says nothing about how long anybody has waited.
    if (since === null || now < since) return size
    return Math.ceil(size * Math.min(1, (now - since) / ROUND_MS))
  }

  /** The next in turn; there must be one. */
  #next(entries: Fleet['entries']): ProviderEntry {
    for (;;) {
      const next = (this.#walk ??= entries.values()).next()
      if (next.done !== true) return next.value
      this.#walk = null
    }
  }
}

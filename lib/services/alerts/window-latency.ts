import { hashToUnit } from '#lib/domain/open-time.ts'
import type { Fleet } from '../fleet.ts'
import type { ProviderEntry } from '../provider-entry.ts'

/** Up to here the finer record of latencies reaches. */
const FINE_MS = 300_000

/** A percentile of minutes moves slowly, and takes some ten µs to work out: for thousands of providers each second too long. */
const HOLDS_MS = 5_000

/** The latencies of one provider's successes, as rules about many providers can ask for them at every evaluation. */
export class WindowLatency {
  readonly #providerId: string
  /** Providers work theirs out at different times, lest all do it in one evaluation. */
  readonly #offsetMs: number
  #held: Map<number, { turn: number; ms: number | null }> | null = null

  constructor(providerId: string) {
    this.#providerId = providerId
    this.#offsetMs = hashToUnit(providerId) * HOLDS_MS
  }

  /**
   * The 95th percentile of the window that ends at `now` or up to five seconds before, in ms, within 2 %; null without
   * a success.
   */
  p95({ entries }: Pick<Fleet, 'entries'>, now: number, windowMs: number): number | null {
    const turn = Math.floor((now + this.#offsetMs) / HOLDS_MS)
    const held = this.#held?.get(windowMs)
    if (held?.turn === turn) return held.ms
    const entry = entries.get(this.#providerId)
    const ms = entry === undefined ? null : p95Of(entry, now, windowMs)
    this.#held ??= new Map()
    this.#held.set(windowMs, { turn, ms })
    return ms
  }
}

const p95Of = ({ latency, hour }: ProviderEntry, now: number, windowMs: number): number | null =>
  windowMs <= FINE_MS ? latency.p95(now) : hour.p95(now, windowMs)

import { ProviderReplay, type ProviderResult } from '#lib/domain/replay/provider-replay.ts'
import { readChunk } from '#lib/domain/replay/read-chunk.ts'
import type { ReplayQuery } from '#lib/services/ports.ts'

const HOUR_MS = 3_600_000

/** Where one provider's recorded outcomes come from. */
export type RecordedHours = {
  /** The hours with records that begin in the range, in order. */
  hours: (range: { from: number; to: number }) => number[]
  /** The chunks of an hour in order. Throws for what cannot be read. */
  chunksOf: (hour: number) => Uint8Array[]
}

/** A replay of one provider, done bit by bit. */
export class ReplaySession {
  readonly #replay: ProviderReplay
  readonly #source: RecordedHours
  readonly #warn: (message: string) => void
  readonly #hours: number[]
  readonly #isBrief: boolean
  #done = 0

  constructor(
    { providerId, policies, from, to, isBrief }: ReplayQuery,
    source: RecordedHours,
    warn: (message: string) => void,
  ) {
    const fixed = policies.map((policy) => ({ type: 'fixed', policy }) as const)
    this.#replay = new ProviderReplay(providerId, fixed, { from, to })
    this.#source = source
    this.#isBrief = isBrief
    this.#warn = warn
    // From an hour before on, so that circuits are as they were when the range begins.
    this.#hours = source.hours({ from: Math.floor(from / HOUR_MS - 1) * HOUR_MS, to })
  }

  /** The share that is done, 0 to 1. */
  get share(): number {
    return this.#hours.length === 0 ? 1 : this.#done / this.#hours.length
  }

  /** Goes on for as long as `mayGoOn` says so, at least by an hour. */
  step(mayGoOn: () => boolean): void {
    do {
      const hour = this.#hours[this.#done]
      if (hour === undefined) return
      this.#done += 1
      this.#replay.push(this.#chunksOf(hour))
    } while (mayGoOn())
  }

  finish(): ProviderResult {
    const result = this.#replay.finish()
    if (!this.#isBrief) return result
    return { ...result, results: result.results.map((one) => ({ ...one, initial: [], transitions: [] })) }
  }

  #chunksOf(hour: number) {
    try {
      return this.#source.chunksOf(hour).map((chunk) => readChunk(chunk))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#warn(
        `The outcomes of ${new Date(hour).toISOString()} cannot be read (${reason}): left out of the replay.`,
      )
      return []
    }
  }
}

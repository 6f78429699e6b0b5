import { OUTCOME_CLASSES } from '#lib/domain/outcome.ts'
import type { CheckRecord } from './records.ts'

/** How many of the last checks are kept at hand for the strips. */
export const RECENT_CHECKS = 60

/** What a strip draws of a check. */
export type RecentCheckFacts = Pick<CheckRecord, 'at' | 'class' | 'latencyMs'>

const FIELDS = 3
const NO_CLASS = -1

/** The last checks of a provider; a further one takes the oldest one's place. */
export class RecentChecks {
  /**
   * When (epoch ms), which class by its place in the list (-1 for none), and how long (ms, NaN for none) in one array: of thousands
   * of providers these would be most of all objects, and garbage has its room in proportion.
   */
  readonly #facts = new Float64Array(FIELDS * RECENT_CHECKS)
  #seen = 0

  /** Keeps a check that is the newest. */
  remember({ at, class: outcomeClass, latencyMs }: RecentCheckFacts): void {
    const place = FIELDS * (this.#seen % RECENT_CHECKS)
    this.#facts[place] = at
    this.#facts[place + 1] = outcomeClass === null ? NO_CLASS : OUTCOME_CLASSES.indexOf(outcomeClass)
    this.#facts[place + 2] = latencyMs ?? Number.NaN
    this.#seen += 1
  }

  /** Oldest first. */
  list(): RecentCheckFacts[] {
    const count = Math.min(this.#seen, RECENT_CHECKS)
    return Array.from({ length: count }, (_, i) => this.#read(this.#seen - count + i))
  }

  /** The newest; null before the first. */
  last(): RecentCheckFacts | null {
    return this.#seen === 0 ? null : this.#read(this.#seen - 1)
  }

  #read(index: number): RecentCheckFacts {
    const place = FIELDS * (index % RECENT_CHECKS)
    const [at = 0, outcomeClass = NO_CLASS, latencyMs = Number.NaN] = this.#facts.subarray(
      place,
      place + FIELDS,
    )
    return {
      at,
      class: OUTCOME_CLASSES[outcomeClass] ?? null,
      latencyMs: Number.isNaN(latencyMs) ? null : latencyMs,
    }
  }
}

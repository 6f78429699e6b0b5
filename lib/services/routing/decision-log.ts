import type { OutcomeClass } from '#lib/domain/outcome.ts'
import type { KeptDecision } from '../records.ts'

/** How many decisions are held in memory: the newest of all, and as many of those that are kept. */
export const HELD_DECISIONS = 2_000

/** How many decisions a second a route may keep that are nothing special. */
const KEPT_A_SECOND = 2

/** How many of a route's decisions were kept in the second that runs. */
export type Sampling = { second: number; kept: number }

/** The newest values, a fixed number of them. */
class Ring<T> {
  readonly #held: T[] = []
  #next = 0

  push(value: T): void {
    this.#held[this.#next] = value
    this.#next = (this.#next + 1) % HELD_DECISIONS
  }

  /** Newest first. */
  *[Symbol.iterator](): Generator<T> {
    const { length } = this.#held
    for (let back = 1; back <= length; back += 1) {
      const value = this.#held[(this.#next - back + HELD_DECISIONS) % HELD_DECISIONS]
      if (value !== undefined) yield value
    }
  }
}

/**
 * Decisions that are over. The newest are held in memory, whatever became of them; failures, failovers and panics and
 * a few others of each route and second are kept for longer, by whoever `keep` is.
 */
export class DecisionLog {
  readonly #newest = new Ring<KeptDecision>()
  readonly #kept = new Ring<KeptDecision>()
  readonly #keep: (kept: KeptDecision) => void

  constructor(keep: (kept: KeptDecision) => void) {
    this.#keep = keep
  }

  /** Takes in a decision that is over. `sampling` is its route's; null where the route is gone. */
  add(entry: KeptDecision, sampling: Sampling | null): void {
    this.#newest.push(entry)
    const isNotable = entry.failed || entry.failedOver || entry.decision.panic
    if (!isNotable && (sampling === null || !isItsTurn(sampling, entry.decision.at))) return
    this.#kept.push(entry)
    this.#keep(entry)
  }

  /** What is in memory, each decision once, newest first. */
  held(): KeptDecision[] {
    const byId = new Map<string, KeptDecision>()
    for (const entry of [...this.#newest, ...this.#kept]) byId.set(entry.decision.id, entry)
    return [...byId.values()].sort((a, b) => (a.decision.id < b.decision.id ? 1 : -1))
  }

  /** The decision with this id, or the newest of the request with this id; null when memory holds none. */
  find(id: string): KeptDecision | null {
    return find(this.#newest, id) ?? find(this.#kept, id)
  }
}

/** Whether a class means that the client got no good answer, through no fault of its own. */
export const isFailure = (outcomeClass: OutcomeClass): boolean =>
  outcomeClass !== 'ok' && outcomeClass !== 'client_error' && outcomeClass !== 'cancelled'

function isItsTurn(sampling: Sampling, at: number): boolean {
  const second = Math.floor(at / 1_000)
  if (sampling.second !== second) {
    sampling.second = second
    sampling.kept = 0
  }
  sampling.kept += 1
  return sampling.kept <= KEPT_A_SECOND
}

function find(entries: Iterable<KeptDecision>, id: string): KeptDecision | null {
  for (const entry of entries) {
    if (entry.decision.id === id || entry.decision.requestId === id) return entry
  }
  return null
}

import { newTally, tallyCall } from './call-tally.ts'
import { courseIn, type CircuitCourse } from './circuit-spans.ts'
import { figuresOf, type ReplayFigures } from './figures.ts'
import { OutageFinder, type Outage } from './outages.ts'
import { Replay } from './replay.ts'
import type { Chunk } from './read-chunk.ts'
import type { CallRecord } from './record.ts'
import type { Fate, ReplayPolicy } from './simulation.ts'

/** One set of thresholds in a range. */
export type PolicyResult = CircuitCourse & {
  figures: ReplayFigures
  /** After how long each outage was noticed, ms; null: not. */
  detections: (number | null)[]
}

/** What a replay of one provider found, for each of the sets of thresholds in their order. */
export type ProviderResult = {
  results: PolicyResult[]
  outages: readonly Outage[]
  outcomes: number
  approximate: number
  /** The first record that was replayed; null without any. */
  recordedFrom: number | null
}

/**
 * One provider's recorded time under several sets of thresholds. Push what was recorded hour by hour, from some time
 * before `from` on: what comes before warms the circuits up and is counted nowhere.
 */
export class ProviderReplay {
  readonly #range: { from: number; to: number }
  readonly #replay: Replay
  readonly #tallies
  readonly #finder = new OutageFinder()
  #outcomes = 0
  #approximate = 0
  #recordedFrom: number | null = null
  #first: CircuitCourse['initial'][] | null = null

  constructor(providerId: string, policies: readonly ReplayPolicy[], range: { from: number; to: number }) {
    this.#range = range
    this.#tallies = policies.map(newTally)
    this.#replay = new Replay(providerId, policies, {
      onCall: (call, fates) => this.#count(call, fates),
      onBegin: () => {
        this.#first = this.#replay.simulations.map((simulation) => simulation.states())
      },
    })
  }

  /** Takes the next hour. */
  push(chunks: readonly Chunk[]): void {
    this.#recordedFrom ??= chunks[0]?.records[0]?.at ?? null
    for (const { records } of chunks)
      for (const record of records) if (record.type === 'counted') this.#counted(record)
    this.#replay.push(chunks)
  }

  /** Ends the replay. */
  finish(): ProviderResult {
    const { from, to } = this.#range
    this.#replay.finish(to)
    const outages = this.#finder.outages.filter((outage) => (outage.to ?? to) > from && outage.from < to)
    const results = this.#tallies.map((tally, index) => {
      const simulation = this.#replay.simulations[index]
      const first = this.#first?.[index] ?? []
      const transitions = simulation?.transitions ?? []
      const course = courseIn(first, transitions, this.#range)
      const whole = courseIn(first, transitions, { from: Number.NEGATIVE_INFINITY, to })
      return { ...course, ...figuresOf({ tally, course, whole, outages }, this.#range) }
    })
    return {
      results,
      outages,
      outcomes: this.#outcomes,
      approximate: this.#approximate,
      recordedFrom: this.#recordedFrom,
    }
  }

  #counted({ at, groups }: { at: number; groups: readonly { count: number }[] }): void {
    if (this.#isWithin(at)) this.#approximate += groups.reduce((sum, { count }) => sum + count, 0)
  }

  #count(call: CallRecord, fates: readonly Fate[]): void {
    if (call.at >= this.#range.to) return
    this.#finder.observe(call)
    if (!this.#isWithin(call.at)) return
    this.#outcomes += 1
    this.#tallies.forEach((tally, index) => tallyCall(tally, call, fates[index] ?? 'unknown'))
  }

  #isWithin(at: number): boolean {
    return at >= this.#range.from && at < this.#range.to
  }
}

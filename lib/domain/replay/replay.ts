import { countedCalls } from './counted-calls.ts'
import type { Chunk } from './read-chunk.ts'
import type { AbandonedRecord, CallRecord, ReplayRecord, StateRecord } from './record.ts'
import { Simulation, type Fate, type Held, type ReplayPolicy } from './simulation.ts'

/** Told when the circuits are first known, and of every call: how it fared under each set of thresholds, in their order. */
export type ReplayListener = {
  onBegin: () => void
  onCall: (call: CallRecord, fates: readonly Fate[]) => void
}

/** Records and the place each has in the order of happenings. */
type Ordered = { record: ReplayRecord; place: number }
type Asking = { call: CallRecord | AbandonedRecord; place: number }

/**
 * Replays one provider's records, chunk by chunk in order, under several sets of thresholds at once. A call's
 * beginning takes its place among the others' endings, for which the records of one push and the next are looked at
 * together; so push by the hour.
 */
export class Replay {
  readonly simulations: Simulation[] = []
  readonly #providerId: string
  readonly #policies: readonly ReplayPolicy[]
  readonly #listener: ReplayListener
  #waiting: Ordered[] = []
  #lastPlace = 0
  #firstPlace = 0
  #expected = 0
  readonly #held = new Map<ReplayRecord, Held[]>()
  /** What calls hold that were under way when the records begin, by the place where they asked. */
  readonly #heldBefore = new Map<number, Held[]>()

  constructor(providerId: string, policies: readonly ReplayPolicy[], listener: ReplayListener) {
    this.#providerId = providerId
    this.#policies = policies
    this.#listener = listener
  }

  /** Takes the next chunks; what was pushed before is replayed now. */
  push(chunks: readonly Chunk[]): void {
    const next = chunks.flatMap((chunk) => this.#ordered(chunk))
    this.#replay(this.#waiting, next)
    this.#waiting = next
  }

  /** Replays what is left, and brings all circuits to `at`. */
  finish(at: number): void {
    this.#replay(this.#waiting, [])
    this.#waiting = []
    for (const simulation of this.simulations) simulation.advance(at)
  }

  #ordered({ place, records }: Chunk): Ordered[] {
    const [first] = records
    const isStart = first?.type === 'state' && first.isStart
    // Where something was lost, places are left out with it; after a start they are counted anew.
    if (!isStart && place > this.#expected) this.#lastPlace += place - this.#expected
    let expected = place
    const ordered = records.map((record) => {
      this.#lastPlace += record.begins + 1
      expected += record.begins + 1
      return { record, place: this.#lastPlace }
    })
    this.#expected = expected
    return ordered
  }

  #replay(records: readonly Ordered[], next: readonly Ordered[]): void {
    const begins = [...askings(records), ...askings(next)].sort((a, b) => a.place - b.place)
    let begun = 0
    for (const { record, place } of records) {
      // Calls that were under way when the records begin asked before, but only now there is somebody to ask.
      if (this.simulations.length === 0 && record.type === 'state') this.#meetState(record, place)
      for (let asking = begins[begun]; asking !== undefined && asking.place < place;) {
        this.#begin(asking)
        begun += 1
        asking = begins[begun]
      }
      if (this.simulations.length > 0) this.#happen(record, place)
    }
  }

  #begin({ call, place }: Asking): void {
    if (this.#held.has(call)) return
    const before = this.#heldBefore.get(place)
    if (before !== undefined) this.#heldBefore.delete(place)
    this.#held.set(call, before ?? this.simulations.map((simulation) => simulation.begin(call)))
  }

  #happen(record: ReplayRecord, place: number): void {
    switch (record.type) {
      case 'call':
        return this.#endCall(record)
      case 'counted':
        // Nobody knows when each began, so they count as calls that did not ask.
        for (const call of countedCalls(record)) this.#endCall(call)
        return
      case 'abandoned': {
        const held = this.#take(record)
        return this.#each((simulation, index) => simulation.abandon(record, held[index] ?? NOTHING))
      }
      case 'command':
        return this.#each((simulation) => simulation.command(record))
      case 'settings':
        return this.#each((simulation) => simulation.settings(record.version, record.at))
      case 'state':
        if (!record.isStart || place === this.#firstPlace) return
        return this.#each((simulation) => simulation.restart(record))
    }
  }

  #each(change: (simulation: Simulation, index: number) => void): void {
    this.simulations.forEach(change)
  }

  #endCall(call: CallRecord): void {
    const { distance } = call
    const held = distance > 1 ? this.#take(call) : null
    this.#listener.onCall(
      call,
      this.simulations.map((simulation, index) =>
        simulation.end(call, distance === 0 ? null : (held?.[index] ?? simulation.begin(call))),
      ),
    )
  }

  #take(call: CallRecord | AbandonedRecord): Held[] {
    const held = this.#held.get(call)
    this.#held.delete(call)
    return held ?? this.simulations.map((simulation) => simulation.begin(call))
  }

  #meetState(record: StateRecord, place: number): void {
    this.#firstPlace = place
    for (const policy of this.#policies)
      this.simulations.push(new Simulation(this.#providerId, policy, record))
    for (const { distance, permits } of record.state.openCalls) {
      this.#heldBefore.set(
        place - distance,
        this.simulations.map(() => ({ permits, refusal: permits.provider === null ? 'open' : null })),
      )
    }
    this.#listener.onBegin()
  }
}

const NOTHING: Held = { permits: null, refusal: null }

/** The calls that asked before something else happened; one that asked just before it ended needs no place of its own. */
function askings(records: readonly Ordered[]): Asking[] {
  return records.flatMap(({ record, place }) =>
    (record.type === 'call' || record.type === 'abandoned') && record.distance > 1
      ? [{ call: record, place: place - record.distance }]
      : [],
  )
}

import { ByteWriter } from './byte-writer.ts'
import {
  classCode,
  FAILURES,
  FIRST,
  kindCode,
  type Mark,
  MARKS,
  MODEL,
  MORE,
  ORIGIN_CODES,
  RECORD_CODES,
  usual,
  usualLatency,
} from './packed-form.ts'
import { writeState } from './provider-state.ts'
import { type AbandonedRecord, type CallRecord, type CountedRecord, type ReplayRecord } from './record.ts'

type Model = Pick<CallRecord, 'model' | 'hasCircuit'>

/**
 * Packs one provider's records, in order, into a chunk that can be read by itself: it begins with an absolute time
 * and the place where it goes on in the order of happenings, and names models where they first occur.
 */
export class ChunkWriter {
  /** The time of its first record. */
  readonly firstAt: number
  /** Outcomes in it, those that are only counted included; and those alone. */
  outcomes = 0
  approximate = 0
  readonly #bytes = new ByteWriter()
  readonly #models = new Map<string, number>()
  #lastAt: number
  #lastModel = -1

  /** `at`: not after the first record; `place`: the place of the last record before this chunk. */
  constructor(at: number, place: number) {
    this.firstAt = at
    this.#lastAt = at
    this.#bytes.number(at)
    this.#bytes.number(place)
  }

  get length(): number {
    return this.#bytes.length
  }

  bytes(): Uint8Array {
    return this.#bytes.bytes()
  }

  /** Adds a record; `at` never falls. */
  add(record: ReplayRecord): void {
    switch (record.type) {
      case 'call':
        return this.#call(record)
      case 'abandoned':
        return this.#abandoned(record)
      case 'counted':
        return this.#counted(record)
      case 'command':
        return this.#mark(record, 'command', JSON.stringify({ m: record.model, e: record.event }))
      case 'settings':
        return this.#mark(record, 'settings', String(record.version))
      case 'state':
        return this.#mark(record, record.isStart ? 'start' : 'state', writeState(record.state))
    }
  }

  #call(record: CallRecord): void {
    this.outcomes += 1
    const bytes = this.#bytes
    const code = ORIGIN_CODES[record.origin] | (classCode(record.class) << FIRST.classShift)
    const more = unusual(record)
    this.#first(code | (more === 0 ? 0 : FIRST.more), record)
    if (more !== 0) bytes.byte(more)
    this.#time(record)
    bytes.number(record.at - record.beganAt)
    if (more & MORE.lag) bytes.number(record.at - record.endedAt)
    if (more & MORE.order) this.#order(record)
    if (more & MORE.latency) bytes.number(record.latencyMs === null ? 0 : record.latencyMs + 1)
    if (record.kind !== null) bytes.number(kindCode(record.kind))
    if (record.retryAfterMs !== null) bytes.number(record.retryAfterMs)
  }

  #abandoned(record: AbandonedRecord): void {
    const origin = ORIGIN_CODES[record.origin]
    this.#first(RECORD_CODES.abandoned | (origin << FIRST.classShift), record)
    this.#time(record)
    this.#bytes.number(record.at - record.beganAt)
    this.#order(record)
    this.#bytes.byte((record.gaveBack ? 1 : 0) | (record.completion ? 2 : 0))
  }

  #counted(record: CountedRecord): void {
    const bytes = this.#bytes
    this.#first(RECORD_CODES.counted, record)
    this.#time(record)
    bytes.number(record.begins)
    bytes.number(record.groups.length)
    for (const group of record.groups) {
      bytes.byte(classCode(group.class) | (FAILURES.indexOf(group.failure) << FIRST.classShift))
      bytes.number(group.slowness)
      bytes.number(group.count)
      this.outcomes += group.count
      this.approximate += group.count
    }
  }

  #mark(record: ReplayRecord, mark: Mark, text: string): void {
    this.#bytes.byte(RECORD_CODES.mark | (MARKS.indexOf(mark) << FIRST.classShift))
    this.#time(record)
    this.#bytes.number(record.begins)
    this.#bytes.text(text)
  }

  #time({ at }: { at: number }): void {
    this.#bytes.number(at - this.#lastAt)
    this.#lastAt = at
  }

  #order({ begins, distance }: { begins: number; distance: number }): void {
    this.#bytes.number(begins)
    this.#bytes.number(distance)
  }

  /** The first byte, and the model where it is not the last one's. */
  #first(code: number, model: Model): void {
    const { place, isNew } = this.#placeOf(model)
    if (place === this.#lastModel) return this.#bytes.byte(code | FIRST.sameModel)
    this.#lastModel = place
    this.#bytes.byte(code)
    this.#bytes.number(place)
    if (isNew) this.#bytes.text(model.model ?? '')
  }

  #placeOf({ model, hasCircuit }: Model): { place: number; isNew: boolean } {
    if (model === null) return { place: MODEL.none, isNew: false }
    if (!hasCircuit) return { place: MODEL.withoutCircuit, isNew: false }
    const known = this.#models.get(model)
    if (known !== undefined) return { place: known, isNew: false }
    const place = MODEL.first + this.#models.size
    this.#models.set(model, place)
    return { place, isNew: true }
  }
}

/** Which of a call's facts have to be said. */
function unusual(record: CallRecord): number {
  const { begins, distance, completion, accountWide } = usual(record.origin)
  const bits: readonly (readonly [boolean, number])[] = [
    [record.endedAt !== record.at, MORE.lag],
    [record.begins !== begins || record.distance !== distance, MORE.order],
    [record.latencyMs !== usualLatency(record), MORE.latency],
    [record.kind !== null, MORE.kind],
    [record.retryAfterMs !== null, MORE.retryAfter],
    [!record.answered, MORE.silent],
    [record.completion !== completion, MORE.completion],
    [record.accountWide !== accountWide, MORE.accountWide],
  ]
  let more = 0
  for (const [isUnusual, bit] of bits) if (isUnusual) more |= bit
  return more
}

import type { CommandRecord } from './record.ts'
import { ERROR_KINDS, OUTCOME_CLASSES } from '../outcome.ts'
import { ByteReader } from './byte-reader.ts'
import { FAILURES, FIRST, MARKS, MODEL, MORE, originOf, RECORD_CODES, usual, wordOf } from './packed-form.ts'
import { readState } from './provider-state.ts'
import type { CallOrigin, CountedGroup, ReplayRecord } from './record.ts'

/** A chunk's records, and the place of the last record before them. */
export type Chunk = { place: number; records: ReplayRecord[] }

/** When a chunk's first record happened, without reading further. */
export const chunkBegin = (bytes: Uint8Array): number => new ByteReader(bytes).number()

/** Unpacks what a ChunkWriter packed. Throws for bytes that are none of it. */
export function readChunk(bytes: Uint8Array): Chunk {
  const reader = new ChunkReader(bytes)
  const records: ReplayRecord[] = []
  while (!reader.isAtEnd) records.push(reader.record())
  return { place: reader.place, records }
}

class ChunkReader {
  readonly place: number
  readonly #bytes: ByteReader
  readonly #models: string[] = []
  /** The model of the record at hand: named again only where it is another. */
  #model: string | null = null
  #hasCircuit = false
  #at: number

  constructor(bytes: Uint8Array) {
    this.#bytes = new ByteReader(bytes)
    this.#at = this.#bytes.number()
    this.place = this.#bytes.number()
  }

  get isAtEnd(): boolean {
    return this.#bytes.isAtEnd
  }

  record(): ReplayRecord {
    const first = this.#bytes.byte()
    const code = first & 7
    if (code === RECORD_CODES.mark) return this.#mark(first >> FIRST.classShift)
    if ((first & FIRST.sameModel) === 0) this.#readModel()
    if (code === RECORD_CODES.abandoned) return this.#abandoned((first >> FIRST.classShift) & 7)
    if (code === RECORD_CODES.counted) return this.#counted()
    return this.#call(first, originOf(code))
  }

  #call(first: number, origin: CallOrigin): ReplayRecord {
    const bytes = this.#bytes
    const usually = usual(origin)
    const more = first & FIRST.more ? bytes.byte() : 0
    const at = this.#time()
    const beganAt = at - bytes.number()
    const endedAt = more & MORE.lag ? at - bytes.number() : at
    const isOrdered = (more & MORE.order) !== 0
    return {
      type: 'call',
      at,
      begins: isOrdered ? bytes.number() : usually.begins,
      distance: isOrdered ? bytes.number() : usually.distance,
      origin,
      // Field by field: these are made by the hundred thousand, and spreading an object costs ten times as much.
      model: this.#model,
      hasCircuit: this.#hasCircuit,
      beganAt,
      endedAt,
      class: wordOf(OUTCOME_CLASSES, (first >> FIRST.classShift) & 7),
      latencyMs: more & MORE.latency ? this.#latency() : endedAt - beganAt,
      kind: more & MORE.kind ? wordOf(ERROR_KINDS, bytes.number()) : null,
      retryAfterMs: more & MORE.retryAfter ? bytes.number() : null,
      answered: (more & MORE.silent) === 0,
      completion: usually.completion !== ((more & MORE.completion) !== 0),
      accountWide: usually.accountWide !== ((more & MORE.accountWide) !== 0),
    }
  }

  #latency(): number | null {
    const value = this.#bytes.number()
    return value === 0 ? null : value - 1
  }

  #abandoned(origin: number): ReplayRecord {
    const bytes = this.#bytes
    const at = this.#time()
    const beganAt = at - bytes.number()
    const begins = bytes.number()
    const distance = bytes.number()
    const flags = bytes.byte()
    return {
      type: 'abandoned',
      at,
      begins,
      distance,
      origin: originOf(origin),
      model: this.#model,
      hasCircuit: this.#hasCircuit,
      beganAt,
      gaveBack: (flags & 1) !== 0,
      completion: (flags & 2) !== 0,
    }
  }

  #counted(): ReplayRecord {
    const bytes = this.#bytes
    const at = this.#time()
    const begins = bytes.number()
    const groups: CountedGroup[] = []
    for (let left = bytes.number(); left > 0; left -= 1) {
      const code = bytes.byte()
      groups.push({
        class: wordOf(OUTCOME_CLASSES, code & 7),
        failure: wordOf(FAILURES, code >> FIRST.classShift),
        slowness: bytes.number(),
        count: bytes.number(),
      })
    }
    return { type: 'counted', at, begins, model: this.#model, hasCircuit: this.#hasCircuit, groups }
  }

  #mark(code: number): ReplayRecord {
    const mark = wordOf(MARKS, code)
    const at = this.#time()
    const begins = this.#bytes.number()
    const text = this.#bytes.text()
    switch (mark) {
      case 'command':
        return { type: 'command', at, begins, ...commandOf(text) }
      case 'settings':
        return { type: 'settings', at, begins, version: Number(text) }
      case 'state':
      case 'start':
        return { type: 'state', at, begins, isStart: mark === 'start', state: readState(text) }
    }
  }

  #time(): number {
    this.#at += this.#bytes.number()
    return this.#at
  }

  #readModel(): void {
    const place = this.#bytes.number()
    if (place === MODEL.first + this.#models.length) this.#models.push(this.#bytes.text())
    this.#hasCircuit = place >= MODEL.first
    if (this.#hasCircuit) this.#model = wordOf(this.#models, place - MODEL.first)
    // Of a model without a circuit only that there was one matters.
    else this.#model = place === MODEL.none ? null : ''
  }
}

function commandOf(text: string): Pick<CommandRecord, 'model' | 'event'> {
  // Only what a ChunkWriter wrote gets here: blocks are packed and unpacked as a whole.
  const { m, e } = JSON.parse(text) as { m: string | null; e: CommandRecord['event'] }
  return { model: m, event: e }
}

import { ChunkWriter } from '#lib/domain/replay/chunk-writer.ts'
import { writePart, type Section } from '#lib/domain/replay/part.ts'
import { Seats } from '#lib/domain/seats.ts'
import type { CommandRecord, ReplayRecord } from '#lib/domain/replay/record.ts'
import { type Asked, callRecordOf, type EndedCall, mayBeCounted, namedIn } from './ended-call.ts'
import type { ProviderEntry } from './provider-entry.ts'
import type { OutcomePart } from './records.ts'
import { stateOf } from './state-of.ts'
import { TrafficSeconds } from './traffic-seconds.ts'

const HOUR_MS = 3_600_000
const UNKNOWN = -1

type Stream = {
  /** The place of the last record or question. */
  place: number
  /** Questions since the last record. */
  begins: number
  /** The hour whose records begin with a state already. */
  hour: number
  writer: ChunkWriter | null
  open: Seats<Asked>
  seconds: TrafficSeconds
  version: number
}

/**
 * Writes down what moves circuits, in the order in which it happens, so that it can be replayed: packed, in memory,
 * until it is taken on its way to the disk. Whoever changes a provider's circuits says `prepare` before.
 */
export class OutcomeRecorder {
  readonly #streams = new Map<string, Stream>()
  #sections: Section[] = []
  #from: number | null = null

  /** To be called before a change that will be recorded, and before a question: once in an hour it writes down how the circuits stand. */
  prepare(entry: ProviderEntry, version: number, at: number): void {
    const stream = this.#streamOf(entry)
    stream.version = version
    const hour = Math.floor(at / HOUR_MS)
    if (stream.hour === hour) return
    this.#flushSeconds(entry, at)
    this.#close(entry.provider.id, stream)
    // A provider that is new, or new under an old id, begins anew.
    const isStart = stream.hour === UNKNOWN
    stream.hour = hour
    this.#add(entry, { type: 'state', isStart, at, begins: 0, state: stateOf(entry, stream) })
  }

  /** The program has started, with the circuits as they stand. */
  start(entry: ProviderEntry, version: number, at: number): void {
    const stream = this.#streamOf(entry)
    Object.assign(stream, { hour: Math.floor(at / HOUR_MS), version })
    this.#add(entry, { type: 'state', isStart: true, at, begins: 0, state: stateOf(entry, stream) })
  }

  /** A call has asked, under these permits (null: refused); to be handed back when it ends. */
  ask(entry: ProviderEntry, question: Omit<Asked, 'place' | 'seat'>): Asked {
    const stream = this.#streamOf(entry)
    stream.place += 1
    stream.begins += 1
    const asked = { ...question, place: stream.place, seat: -1 }
    stream.open.add(asked)
    return asked
  }

  /** A call has ended, and its circuits know. */
  end(entry: ProviderEntry, ended: EndedCall): void {
    const { outcome, asked: question, at } = ended
    const stream = this.#streamOf(entry)
    const asked = typeof question !== 'string' && stream.open.delete(question) ? question : null
    const isPassive = outcome.source === 'passive'
    const named = namedIn(entry, outcome)
    if (isPassive && mayBeCounted(ended) && stream.seconds.isFull(named, at))
      return stream.seconds.count(named, { outcome, at })
    // What opens a circuit is told of exactly, and after what led to it.
    const before = ended.moved ? stream.seconds.takeAll() : stream.seconds.takeOver(at)
    for (const counted of before) this.#add(entry, { ...counted, at, begins: 0 })
    if (isPassive) stream.seconds.note(named, at)
    const distance = asked === null ? 0 : stream.place + 1 - asked.place
    this.#add(entry, { ...callRecordOf(ended, asked), ...named, distance })
  }

  /** A call is over and nobody knows how it ended; `gaveBack`: its permits went back. */
  abandon(entry: ProviderEntry, asked: Asked, { at, gaveBack }: { at: number; gaveBack: boolean }): void {
    const stream = this.#streamOf(entry)
    if (!stream.open.delete(asked)) return
    const { origin, model, completion } = asked
    this.#add(entry, {
      type: 'abandoned',
      at,
      begins: 0,
      distance: stream.place + 1 - asked.place,
      origin,
      model,
      hasCircuit: model !== null,
      beganAt: Math.min(at, asked.at),
      completion,
      gaveBack,
    })
  }

  /** An operator's command on a circuit, or its new beginning with a changed provider. */
  command(entry: ProviderEntry, model: string | null, event: CommandRecord['event']): void {
    this.#flushSeconds(entry, event.at)
    this.#add(entry, { type: 'command', at: event.at, begins: 0, model, event })
  }

  /** Another version of the settings is in force for the provider. */
  settings(entry: ProviderEntry, version: number, at: number): void {
    this.#flushSeconds(entry, at)
    this.#add(entry, { type: 'settings', at, begins: 0, version })
    this.#streamOf(entry).version = version
  }

  /**
   * Nothing more will be heard of a provider, because it goes or because the program stops: not of calls under way
   * either. All that was due by now has happened.
   */
  stop(entry: ProviderEntry, at: number): void {
    const { id } = entry.provider
    const stream = this.#streams.get(id)
    if (stream === undefined) return
    const open = stream.open.list().toSorted((a, b) => a.place - b.place)
    for (const asked of open) this.abandon(entry, asked, { at, gaveBack: false })
    this.settings(entry, stream.version, at)
    this.#close(id, stream)
    this.#streams.delete(id)
  }

  /** What was written down since the last time; null where there is nothing. */
  take(entries: Iterable<ProviderEntry>, at: number): OutcomePart | null {
    for (const entry of entries) this.#flushSeconds(entry, at)
    for (const [providerId, stream] of this.#streams) this.#close(providerId, stream)
    const sections = this.#sections
    if (sections.length === 0) return null
    const from = this.#from ?? at
    this.#sections = []
    this.#from = null
    return { from, to: at, data: writePart(sections) }
  }

  #streamOf({ provider: { id } }: ProviderEntry): Stream {
    const known = this.#streams.get(id)
    if (known !== undefined) return known
    const stream: Stream = {
      place: 0,
      begins: 0,
      hour: UNKNOWN,
      writer: null,
      open: new Seats(),
      seconds: new TrafficSeconds(),
      version: 0,
    }
    this.#streams.set(id, stream)
    return stream
  }

  /** `begins` is filled in here. */
  #add(entry: ProviderEntry, record: ReplayRecord): void {
    const stream = this.#streamOf(entry)
    stream.writer ??= new ChunkWriter(record.at, stream.place - stream.begins)
    this.#from ??= record.at
    stream.writer.add({ ...record, begins: stream.begins })
    stream.begins = 0
    stream.place += 1
  }

  #flushSeconds(entry: ProviderEntry, at: number): void {
    const seconds = this.#streams.get(entry.provider.id)?.seconds.takeAll() ?? []
    for (const counted of seconds) this.#add(entry, { ...counted, at, begins: 0 })
  }

  #close(providerId: string, stream: Stream): void {
    if (stream.writer === null) return
    this.#sections.push({ providerId, chunk: stream.writer.bytes() })
    stream.writer = null
  }
}

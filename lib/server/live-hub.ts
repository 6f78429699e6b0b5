import type { ProviderRow, SelfHealth, StreamEvent } from '#lib/contract/monitor.ts'
import type { Bus, FleetEvent } from '#lib/services/engine.ts'
import { createLiveClients, type Listener } from './live-clients.ts'
import { createFrameRing, frame, frameOf, positionOf } from './live-frames.ts'
import { initialPace, paceAfterHold, paceRow } from './live-pace.ts'

/** How often every client is told that we live, and how we are. */
export const HEARTBEAT_MS = 15_000
/** Rows read and written out before the loop may do other things. */
const ROWS_A_SLICE = 20
/** How much of the past a reconnecting client can still be given. */
const RING_BYTES = 2_000_000
/** How long a browser waits before it connects again. */
const RETRY_MS = 1_000

/** When the hub's work is done: in a later turn of the event loop, or after a time; the latter can be called off. */
export type Timers = { soon: (run: () => void) => void; after: (ms: number, run: () => void) => () => void }

/** The live stream: one sequence of events, made once and sent to every client. */
export type LiveHub = {
  /**
   * A client's stream; goes on after `lastEventId` when that is of this start and not too long ago. Whether the client
   * may stay is asked at each heartbeat.
   */
  connect: (lastEventId: string | null, listener?: Partial<Listener>) => ReadableStream<Uint8Array>
  /** The number of the newest event. */
  seq: () => number
  /** Tells every client how we are, before the next heartbeat. */
  tellHealth: () => void
  clients: () => number
  close: () => void
}

type Sources = {
  bus: Bus
  now: () => number
  bootId: string
  /** A provider's row as it stands; null when there is no such provider. */
  readRow: (providerId: string) => ProviderRow | null
  selfHealth: () => SelfHealth
  timers: Timers
}

/** Listens to the bus and feeds the stream: events at once, rows at once or held and thinned out by `live-pace.ts`. */
export function createLiveHub({ bus, now, bootId, readRow, selfHealth, timers }: Sources): LiveHub {
  const clients = createLiveClients(timers.soon)
  const ring = createFrameRing(RING_BYTES)
  const encoder = new TextEncoder()
  /** The rows as they were last sent, so that one that reads the same is not sent again. */
  const lastRows = new Map<string, string>()
  const dueRows = new Set<string>()
  const heldRows = new Set<string>()
  let pace = initialPace(now())
  let seq = 0
  let outbox: string[] = []
  let isFlushing = false
  let stopHold: (() => void) | null = null

  const stamp = () => ({ seq, asOf: new Date(now()).toISOString() })

  const put = (kind: StreamEvent['kind'], fields: string) => {
    seq += 1
    const { asOf } = stamp()
    const text = frameOf({
      kind,
      id: `${bootId}:${seq}`,
      data: `{"seq":${seq},"asOf":"${asOf}","kind":"${kind}",${fields}}`,
    })
    ring.push(seq, text)
    outbox.push(text)
    flushSoon()
  }

  const flushSoon = () => {
    if (isFlushing) return
    isFlushing = true
    timers.soon(flush)
  }

  const flush = () => {
    let left = ROWS_A_SLICE
    for (const id of dueRows) {
      if (left === 0) break
      dueRows.delete(id)
      left -= 1
      putRow(id)
    }
    if (dueRows.size > 0) return timers.soon(flush)
    isFlushing = false
    flushOutbox()
  }

  const flushOutbox = () => {
    if (outbox.length > 0) clients.broadcast(encoder.encode(outbox.join('')))
    outbox = []
  }

  const putRow = (id: string) => {
    const row = readRow(id)
    if (row === null) return
    const json = JSON.stringify(row)
    if (lastRows.get(id) === json) return
    lastRows.set(id, json)
    put('provider', `"row":${json}`)
  }

  const rowChanged = (id: string) => {
    if (heldRows.has(id) || dueRows.has(id)) return
    const step = paceRow(pace, now())
    pace = step.pace
    if (step.send) {
      dueRows.add(id)
      flushSoon()
    } else {
      heldRows.add(id)
      holdRows()
    }
  }

  const holdRows = () => {
    if (stopHold !== null || pace.heldUntil === null) return
    stopHold = timers.after(pace.heldUntil - now(), () => {
      stopHold = null
      pace = paceAfterHold(pace, heldRows.size, now())
      for (const id of heldRows) dueRows.add(id)
      heldRows.clear()
      flushSoon()
      holdRows()
    })
  }

  const listen = (event: FleetEvent) => {
    switch (event.type) {
      case 'row':
        return rowChanged(event.providerId)
      case 'removed':
        lastRows.delete(event.providerId)
        return put('provider_removed', `"id":${JSON.stringify(event.providerId)}`)
      case 'record':
        return put(event.record.kind, `"event":${JSON.stringify(event.record)}`)
      case 'settings':
        return put('settings', `"version":${event.version}`)
      case 'incident':
        return put('incident', `"id":${JSON.stringify(event.incidentId)}`)
      case 'check':
        return
    }
  }

  const beat = () => {
    stopBeat()
    flushOutbox()
    clients.broadcast(encoder.encode(frame({ ...stamp(), kind: 'heartbeat', self: selfHealth() }, null)))
    clients.review()
    stopBeat = timers.after(HEARTBEAT_MS, beat)
  }

  const opening = (lastEventId: string | null): Uint8Array => {
    const position = positionOf(lastEventId, bootId)
    const missed = position === null ? null : ring.after(position)
    const from = missed === null || position === null ? seq : position
    const hello = frame({ ...stamp(), seq: from, kind: 'hello', bootId }, `${bootId}:${from}`)
    const self = frame({ ...stamp(), seq: from, kind: 'heartbeat', self: selfHealth() }, null)
    const greeting = encoder.encode(`retry: ${RETRY_MS}\n${hello}${self}`)
    return missed === null ? greeting : Buffer.concat([greeting, missed])
  }

  let stopBeat = timers.after(HEARTBEAT_MS, beat)
  const stopListening = bus.on(listen)

  return {
    connect: (lastEventId, { coding = 'identity', mayStay = null } = {}) => {
      // What waits in the outbox has a number already: it must go to the others before the newcomer is counted in.
      flushOutbox()
      return clients.add(opening(lastEventId), { coding, mayStay })
    },
    seq: () => seq,
    tellHealth: beat,
    clients: () => clients.count(),
    close: () => {
      stopListening()
      stopBeat()
      stopHold?.()
      clients.close()
    },
  }
}

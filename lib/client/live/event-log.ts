import type { Monitor, StreamEvent } from '#lib/contract/monitor.ts'
import { applyEvents } from './apply-events.ts'

const MOST_EVENTS = 1_000

let bootId: string | null = null
let log: StreamEvent[] = []

/** Keeps the newest events of the present boot, for snapshots that arrive after events they do not contain. */
export function rememberEvents(events: readonly StreamEvent[]): void {
  for (const event of events) {
    if (event.kind === 'hello' && event.bootId !== bootId) {
      bootId = event.bootId
      log = []
    }
    log.push(event)
  }
  if (log.length > MOST_EVENTS) log = log.slice(-MOST_EVENTS)
}

/** A fetched snapshot brought up to what the stream has told since it was taken. */
export function catchUp(monitor: Monitor): Monitor {
  if (monitor.bootId !== bootId) return monitor
  const later = log.filter(({ kind, seq }) => seq > monitor.seq && kind !== 'hello')
  return applyEvents(monitor, later).monitor
}

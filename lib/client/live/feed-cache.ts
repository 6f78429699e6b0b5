import type { QueryClient } from '@tanstack/react-query'
import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import type { Monitor, ProviderRow, RecentCheck, StreamEvent } from '#lib/contract/monitor.ts'
import { observeServerTime } from '../clock.ts'
import { queries, type EventsPage } from '../queries.ts'
import { appendRecent, applyEvents } from './apply-events.ts'
import { rememberEvents } from './event-log.ts'
import { throttledInvalidator } from './invalidator.ts'

const MOST_EVENTS = 500
const CHARTS_MS = 5_000
const DETAILS_MS = 1_000

/** What may be out of date when events were missed. */
const EVERYTHING = [
  ['monitor'],
  ['recent'],
  ['events'],
  ['circuits'],
  ['providers'],
  ['settings'],
  ['incidents'],
]

/** Writes what the stream tells into the cache, and asks again for what it only hints at. */
export function feedCache(client: QueryClient): (events: readonly StreamEvent[]) => void {
  const charts = throttledInvalidator(client, CHARTS_MS)
  const details = throttledInvalidator(client, DETAILS_MS)

  const feedMonitor = (events: readonly StreamEvent[]) => {
    const { queryKey } = queries.monitor()
    const before = client.getQueryData<Monitor>(queryKey)
    if (!before) return
    const { monitor, hasGap } = applyEvents(before, events)
    if (monitor !== before) client.setQueryData(queryKey, monitor)
    if (hasGap) details(EVERYTHING)
  }

  const feedRows = (rows: readonly ProviderRow[]) => {
    for (const { id, lastResult } of rows) {
      if (!lastResult) continue
      client.setQueryData<RecentCheck[]>(
        queries.recent(id).queryKey,
        (recent) => recent && [...appendRecent(recent, lastResult)],
      )
    }
    details(rows.map(({ id }) => ['providers', id, 'detail']))
    charts(
      rows.flatMap(({ id }) => [
        ['providers', id, 'history'],
        ['providers', id, 'checks'],
      ]),
    )
  }

  const feedRecord = (record: FleetEventRecord) => {
    client.setQueriesData<EventsPage>({ queryKey: ['events'] }, (page) => page && withRecord(page, record))
    const { kind, providerId } = record
    details([['circuits'], ...(kind === 'action' ? [['providers', 'list']] : [])])
    // It is on every provider's charts.
    if (kind === 'marker' && providerId === null) details([['providers']])
    if (providerId !== null)
      details([
        ['providers', providerId, 'detail'],
        ['providers', providerId, 'transitions'],
      ])
  }

  return (events) => {
    rememberEvents(events)
    for (const { asOf } of events) observeServerTime(asOf)
    feedMonitor(events)
    feedRows(events.flatMap((event) => (event.kind === 'provider' ? [event.row] : [])))
    for (const event of events) {
      if (event.kind === 'heartbeat') client.setQueryData(queries.health().queryKey, event.self)
      else if (event.kind === 'settings') details([['settings']])
      else if (event.kind === 'incident') details([['incidents']])
      else if (event.kind === 'provider_removed') details([['circuits'], ['providers']])
      else if ('event' in event) feedRecord(event.event)
    }
  }
}

/** The feed with one more event, newest first; the same when it is already there. */
function withRecord(page: EventsPage, record: FleetEventRecord): EventsPage {
  if (page.items.some(({ id }) => id === record.id)) return page
  const items = [record, ...page.items].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
  return { ...page, items: items.slice(0, Math.max(MOST_EVENTS, page.items.length)) }
}

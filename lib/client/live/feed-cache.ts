import type { QueryClient } from '@tanstack/react-query'
import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import type { Monitor, RecentCheck, StreamEvent } from '#lib/contract/monitor.ts'
import { observeServerTime } from '../clock.ts'
import { queries, type EventsPage } from '../queries.ts'
import { appendRecent, applyEvents } from './apply-events.ts'
import { rememberEvents } from './event-log.ts'
import { throttledInvalidator } from './invalidator.ts'

const MOST_EVENTS = 500
const CHARTS_MS = 5_000
const DETAILS_MS = 1_000

type ProviderEvent = Extract<StreamEvent, { kind: 'provider' }>

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
    if (!hasGap) return
    for (const stale of [['monitor'], ['recent'], ['events'], ['circuits'], ['providers'], ['settings']])
      details(stale)
  }

  const feedRow = ({ row }: ProviderEvent) => {
    const { queryKey } = queries.recent(row.id)
    const { lastResult } = row
    if (lastResult === undefined) details(queryKey)
    else if (lastResult !== null) {
      client.setQueryData<RecentCheck[]>(
        queryKey,
        (recent) => recent && [...appendRecent(recent, lastResult)],
      )
    }
    details(['providers', row.id, 'detail'])
    charts(['providers', row.id, 'history'])
    charts(['providers', row.id, 'checks'])
  }

  const feedRecord = (record: FleetEventRecord) => {
    client.setQueriesData<EventsPage>({ queryKey: ['events'] }, (page) => page && withRecord(page, record))
    details(['circuits'])
    if (record.kind === 'action') details(['providers', 'list'])
    if (record.providerId === null) return
    details(['providers', record.providerId, 'detail'])
    details(['providers', record.providerId, 'transitions'])
  }

  return (events) => {
    rememberEvents(events)
    for (const { asOf } of events) observeServerTime(asOf)
    feedMonitor(events)
    for (const event of events) {
      if (event.kind === 'provider') feedRow(event)
      else if (event.kind === 'heartbeat') client.setQueryData(queries.health().queryKey, event.self)
      else if (event.kind === 'settings') details(['settings'])
      else if ('event' in event) feedRecord(event.event)
      else if (event.kind === 'provider_removed') details(['circuits'])
    }
  }
}

/** The feed with one more event, newest first; the same when it is already there. */
function withRecord(page: EventsPage, record: FleetEventRecord): EventsPage {
  if (page.items.some(({ id }) => id === record.id)) return page
  const items = [record, ...page.items].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
  return { ...page, items: items.slice(0, MOST_EVENTS) }
}

import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import type { ChartFigures } from './chart-figures.ts'
import type { ChartTable } from './chart-table.ts'
import { eventWords } from './event-words.ts'
import { dateTimeWords, NOTHING } from './format.ts'
import { isToldTwice } from './provider-happenings.ts'
import type { Zone } from './zoned-time.ts'

const inOrder = (events: readonly FleetEventRecord[]) =>
  events
    .filter((event) => !isToldTwice(event))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1))

/** Which circuit it happened to; an action or a marker is of none. */
function circuitWords({ kind, model }: FleetEventRecord): string {
  return kind === 'action' || kind === 'marker' ? NOTHING : (model ?? 'provider')
}

/** What the timeline shows as text, lanes and annotations, oldest first as charts have it; null where nothing happened. */
export function lanesTable(
  events: readonly FleetEventRecord[],
  { nameOf, zone }: { nameOf: (providerId: string) => string; zone: Zone },
): ChartTable | null {
  const rows = inOrder(events).map((event) => [
    dateTimeWords(Date.parse(event.at), zone),
    event.providerId === null ? 'fleet' : nameOf(event.providerId),
    circuitWords(event),
    eventWords(event),
  ])
  return rows.length === 0 ? null : { columns: ['When', 'Provider', 'Circuit', 'What happened'], rows }
}

/** The same for a file. */
export const lanesFigures = (events: readonly FleetEventRecord[]): ChartFigures => ({
  columns: ['at', 'provider', 'model', 'kind', 'what'],
  rows: inOrder(events).map((event) => [
    event.at,
    event.providerId,
    event.model,
    event.kind,
    eventWords(event),
  ]),
})

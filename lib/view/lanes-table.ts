import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import type { ChartFigures } from './chart-figures.ts'
import type { ChartTable } from './chart-table.ts'
import { eventWords } from './event-words.ts'
import { dateTimeWords } from './format.ts'
import type { Zone } from './zoned-time.ts'

const ofCircuits = (events: readonly FleetEventRecord[]) =>
  events
    .filter(({ kind }) => kind !== 'action' && kind !== 'marker')
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1))

/** What the timeline's lanes show as text, oldest first as charts have it; null where nothing happened. */
export function lanesTable(
  events: readonly FleetEventRecord[],
  { nameOf, zone }: { nameOf: (providerId: string) => string; zone: Zone },
): ChartTable | null {
  const rows = ofCircuits(events).map((event) => [
    dateTimeWords(Date.parse(event.at), zone),
    nameOf(event.providerId ?? ''),
    event.model ?? 'provider',
    eventWords(event),
  ])
  return rows.length === 0 ? null : { columns: ['When', 'Provider', 'Circuit', 'What happened'], rows }
}

/** The same for a file. */
export const lanesFigures = (events: readonly FleetEventRecord[]): ChartFigures => ({
  columns: ['at', 'provider', 'model', 'kind', 'what'],
  rows: ofCircuits(events).map((event) => [
    event.at,
    event.providerId,
    event.model,
    event.kind,
    eventWords(event),
  ]),
})

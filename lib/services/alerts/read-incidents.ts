import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import type { IncidentRow } from '#lib/contract/incident-row.ts'
import type { DeliveryView, IncidentDetail } from '#lib/contract/incident.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { Incident } from '#lib/domain/alerts/incident.ts'
import type { Engine } from '../engine.ts'
import type { IncidentsQuery, Page, Paged } from '../ports.ts'
import { presentDelivery, presentIncident, presentIncidentRow, providersOf } from './present-incident.ts'
import type { DeliveryState, IncidentStory } from './records.ts'

const MINUTE_MS = 60_000
const MOST_EVENTS = 200

/** Incidents that are open, those that fire first; what has only begun is among them. */
export const openIncidents = ({ alerting }: Pick<Engine, 'alerting'>): IncidentRow[] =>
  [...alerting.book.incidents.values()]
    .map(presentIncidentRow)
    .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || (a.startedAt < b.startedAt ? 1 : -1))
const STATES = ['firing', 'recovering', 'pending', 'resolved']

/** A page of incidents by when they began, newest first. */
export async function readIncidents(
  { reader, alerting }: Engine,
  query: IncidentsQuery,
): Promise<Paged<IncidentRow>> {
  const { items, nextCursor } = await reader.incidents(query)
  // What lives is newer than its copy.
  const rows = items.map((incident) =>
    presentIncidentRow(alerting.book.incidents.get(incident.id) ?? incident),
  )
  return { items: rows, nextCursor }
}

/** An incident with its story. Throws `not_found`. */
export async function readIncident(engine: Engine, id: string): Promise<IncidentDetail> {
  const story = await storyOf(engine, id)
  return presentIncident(engine, story, await fleetEventsOf(engine, story.incident))
}

async function storyOf({ alerting, reader }: Engine, id: string): Promise<IncidentStory> {
  const live = alerting.book.incidents.get(id) ?? alerting.unsaved.get(id) ?? undefined
  const stored = await reader.incident(id)
  if (stored === null && live === undefined) throw notFound('incident', id)
  return stored === null
    ? { incident: live as Incident, events: [], deliveries: [] }
    : { ...stored, incident: live ?? stored.incident }
}

/** What happened to the incident's providers from a minute before it to a minute after. */
async function fleetEventsOf({ reader, clock }: Engine, incident: Incident): Promise<FleetEventRecord[]> {
  const range = {
    from: incident.startedAt - MINUTE_MS,
    to: (incident.resolvedAt ?? clock.now()) + MINUTE_MS,
  }
  const providers = providersOf(incident)
  const query = {
    ...range,
    model: undefined,
    kinds: ['transition', 'override', 'action', 'marker'] as const,
    cursor: null,
    limit: MOST_EVENTS,
  }
  // The events of a whole fleet's outage would bury its story.
  if (providers.length === 0 || providers.length > 3) return []
  const pages = await Promise.all(
    providers.map((providerId) => reader.events({ ...query, providerId, fleetWide: false })),
  )
  return pages.flatMap(({ items }) => items)
}

/** A page of deliveries in a state, newest first. */
export async function readDeliveries(
  engine: Engine,
  query: Page & { channelId: string | null; state: DeliveryState },
): Promise<Paged<DeliveryView>> {
  const { items, nextCursor } = await engine.reader.deliveries(query)
  return { items: items.map((delivery) => presentDelivery(engine, delivery)), nextCursor }
}

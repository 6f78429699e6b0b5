import type { Incident } from '#lib/domain/alerts/incident.ts'
import type {
  AlertingEntry,
  ChannelRecord,
  DeliveryRecord,
  IncidentEvent,
  IncidentStory,
  RestoredAlerting,
  RuleRecord,
  SilenceRecord,
} from '#lib/services/alerts/records.ts'

/** What a database holds of alerts. */
export type AlertingTables = {
  rules: Map<string, RuleRecord>
  channels: Map<string, ChannelRecord>
  silences: Map<string, SilenceRecord>
  incidents: Map<string, Incident>
  events: Map<string, IncidentEvent>
  deliveries: Map<string, DeliveryRecord>
}

const keyed = <Row>(rows: readonly Row[] = [], keyOf: (row: Row) => string) =>
  new Map(rows.map((row) => [keyOf(row), row]))

/** Tables that a start finds as in `restored`. */
export const alertingTables = (restored?: RestoredAlerting): AlertingTables => ({
  rules: keyed(restored?.rules, ({ rule }) => rule.id),
  channels: keyed(restored?.channels, ({ id }) => id),
  silences: keyed(restored?.silences, ({ id }) => id),
  incidents: keyed(restored?.openIncidents, ({ id }) => id),
  events: new Map(),
  deliveries: keyed(restored?.waitingDeliveries, ({ id }) => id),
})

/** Applies what an entry keeps of alerts. */
export function applyAlerting(tables: AlertingTables, entry: AlertingEntry): void {
  applyConfiguration(tables, entry)
  for (const incident of entry.incidents) tables.incidents.set(incident.id, incident)
  for (const event of entry.incidentEvents)
    if (!tables.events.has(event.id)) tables.events.set(event.id, event)
  for (const delivery of entry.deliveries) tables.deliveries.set(delivery.id, delivery)
}

function applyConfiguration(tables: AlertingTables, entry: AlertingEntry): void {
  for (const record of entry.rulesSaved) tables.rules.set(record.rule.id, record)
  for (const record of entry.channelsSaved) tables.channels.set(record.id, record)
  for (const record of entry.silencesSaved) tables.silences.set(record.id, record)
  for (const id of entry.rulesDeleted) tables.rules.delete(id)
  for (const id of entry.channelsDeleted) tables.channels.delete(id)
  for (const id of entry.silencesDeleted) tables.silences.delete(id)
}

const byText = <Row>(rows: Iterable<Row>, text: (row: Row) => string) =>
  [...rows].sort((a, b) => (text(a) < text(b) ? -1 : 1))

const oldestFirst = (deliveries: DeliveryRecord[]) =>
  deliveries.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))

/** What a start on these tables finds. */
export const restoredAlerting = (tables: AlertingTables): RestoredAlerting => ({
  rules: byText(tables.rules.values(), ({ rule }) => rule.id),
  channels: byText(tables.channels.values(), ({ id }) => id),
  silences: byText(tables.silences.values(), ({ id }) => id),
  openIncidents: byText(
    [...tables.incidents.values()].filter(({ resolvedAt }) => resolvedAt === null),
    ({ id }) => id,
  ),
  waitingDeliveries: oldestFirst([...tables.deliveries.values()].filter(({ state }) => state === 'waiting')),
})

/** Whether an incident has an alert about the provider. */
export const isAbout = ({ members }: Incident, providerId: string): boolean =>
  members.some(({ labels }) => labels.providerId === providerId)

/** An incident with its story; null when there is none of this id. */
export function storyOf(tables: AlertingTables, id: string): IncidentStory | null {
  const incident = tables.incidents.get(id)
  if (incident === undefined) return null
  const isOfIt = (row: { incidentId: string | null }) => row.incidentId === id
  return {
    incident,
    events: byText([...tables.events.values()].filter(isOfIt), (event) => event.id),
    deliveries: oldestFirst([...tables.deliveries.values()].filter(isOfIt)),
  }
}

/** Forgets incidents that were over before that time, with their story. */
export function pruneIncidents({ incidents, events, deliveries }: AlertingTables, before: number): void {
  for (const [id, { resolvedAt }] of incidents) {
    if (resolvedAt === null || resolvedAt >= before) continue
    incidents.delete(id)
    for (const rows of [events, deliveries])
      for (const [rowId, { incidentId }] of rows) if (incidentId === id) rows.delete(rowId)
  }
}

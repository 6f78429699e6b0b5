import type { PrismaClient } from '#prisma/generated/client.ts'
import type { Incident } from '#lib/domain/alerts/incident.ts'
import type { DeliveryRecord, IncidentStory } from '#lib/services/alerts/records.ts'
import type { HistoryReader, Paged } from '#lib/services/ports.ts'
import { pageOfRows, readTextCursor } from '../storage/cursor.ts'
import { deliveryOfRow } from './delivery-rows.ts'
import { incidentEventOfRow, incidentOfRow } from './incident-rows.ts'
import { readable, type Warn } from './readable.ts'
import { timeValue } from './stored-values.ts'

type Query<Ask extends 'incidents' | 'deliveries'> = Parameters<HistoryReader[Ask]>[0]

/** One page of incidents by when they began, newest first. */
export async function readIncidents(
  client: PrismaClient,
  query: Query<'incidents'>,
  warn: Warn,
): Promise<Paged<Incident>> {
  const { from, to, state, limit, providerId } = query
  const after = readTextCursor(query.cursor)
  const startedAt = { gte: timeValue(Math.ceil(from)), lt: timeValue(Math.ceil(to)) }
  const rows = await client.incident.findMany({
    where: {
      startedAt,
      ...(state === null ? {} : { resolvedAt: state === 'open' ? null : { not: null } }),
      ...(after === null ? {} : { OR: behind('startedAt', after) }),
      ...(providerId === null ? {} : { id: { in: await idsAbout(client, query, providerId) } }),
    },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  return pageOfRows(rows, query, {
    show: (row) => readable([row], incidentOfRow, { name: ({ id }) => `Incident "${id}"`, warn })[0] ?? null,
    position: (row) => ({ at: Number(row.startedAt), id: row.id }),
  })
}

/**
 * Incidents of the page that have an alert about the provider, newest first: as many as the page takes, since a filter
 * on a document is beyond the client, and their ids are handed to it.
 */
async function idsAbout(
  client: PrismaClient,
  query: Query<'incidents'>,
  providerId: string,
): Promise<string[]> {
  const { from, to, state, limit } = query
  const after = readTextCursor(query.cursor)
  const over = state === null ? '' : `AND resolved_at IS ${state === 'open' ? '' : 'NOT '}NULL`
  const rows = await client.$queryRawUnsafe<{ id: string }[]>(
    `SELECT id FROM incidents
     WHERE started_at >= ? AND started_at < ? ${over} ${after === null ? '' : 'AND (started_at, id) < (?, ?)'}
       AND EXISTS (
         SELECT 1 FROM json_each(document, '$.members')
         WHERE json_extract(value, '$.labels.providerId') = ?)
     ORDER BY started_at DESC, id DESC LIMIT ?`,
    Math.ceil(from),
    Math.ceil(to),
    ...(after === null ? [] : [after.at, after.id]),
    providerId,
    limit + 1,
  )
  return rows.map(({ id }) => id)
}

/** An incident with all that happened in it, and all that was sent. */
export async function readIncident(
  client: PrismaClient,
  id: string,
  warn: Warn,
): Promise<IncidentStory | null> {
  const row = await client.incident.findUnique({ where: { id } })
  const incident =
    row === null ? undefined : readable([row], incidentOfRow, { name: () => `Incident "${id}"`, warn })[0]
  if (incident === undefined) return null
  const events = await client.incidentEvent.findMany({ where: { incidentId: id }, orderBy: { id: 'asc' } })
  const deliveries = await client.delivery.findMany({
    where: { incidentId: id },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return {
    incident,
    events: readable(events, incidentEventOfRow, { name: (event) => `Incident event "${event.id}"`, warn }),
    deliveries: readable(deliveries, deliveryOfRow, { name: (one) => `Delivery "${one.id}"`, warn }),
  }
}

/** One page of deliveries by when they were queued, newest first. */
export async function readDeliveries(
  client: PrismaClient,
  query: Query<'deliveries'>,
  warn: Warn,
): Promise<Paged<DeliveryRecord>> {
  const { channelId, state, limit } = query
  const after = readTextCursor(query.cursor)
  const rows = await client.delivery.findMany({
    where: {
      state,
      ...(channelId === null ? {} : { channelId }),
      ...(after === null ? {} : { OR: behind('createdAt', after) }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  return pageOfRows(rows, query, {
    show: (row) => readable([row], deliveryOfRow, { name: ({ id }) => `Delivery "${id}"`, warn })[0] ?? null,
    position: (row) => ({ at: Number(row.createdAt), id: row.id }),
  })
}

/** The delivery with this id; null when there is none. */
export async function readDelivery(
  client: PrismaClient,
  id: string,
  warn: Warn,
): Promise<DeliveryRecord | null> {
  const row = await client.delivery.findUnique({ where: { id } })
  const rows = row === null ? [] : [row]
  return readable(rows, deliveryOfRow, { name: () => `Delivery "${id}"`, warn })[0] ?? null
}

/** Rows behind a position, newest first. */
const behind = (column: 'startedAt' | 'createdAt', { at, id }: { at: number; id: string }) => [
  { [column]: { lt: timeValue(at) } },
  { [column]: timeValue(at), id: { lt: id } },
]

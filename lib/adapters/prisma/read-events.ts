import { z } from 'zod'
import type {
  Prisma,
  CircuitEvent as EventRow,
  Marker as MarkerRow,
  Transition as TransitionRow,
} from '#prisma/generated/client.ts'
import { evidenceSchema, type FleetEventRecord, fleetEventSchema } from '#lib/contract/circuit.ts'
import { CIRCUIT_STATES, type CircuitEvent, TRANSITION_CAUSES } from '#lib/domain/circuit.ts'
import type { Page, Paged, Range } from '#lib/services/ports.ts'
import {
  presentAction,
  presentCircuitEvent,
  presentMarker,
  presentTransition,
} from '#lib/services/present/event.ts'
import type { Position } from '#lib/contract/cursor.ts'
import { pageOfRows, readTextCursor } from '../storage/cursor.ts'
import type { Db } from './client.ts'
import { readable, type Warn } from './readable.ts'
import { storedTime, storedTimeOrNull } from './stored-values.ts'

export type EventsQuery = Range &
  Page & {
    providerId: string | null
    model: string | null | undefined
    kinds: readonly FleetEventRecord['kind'][]
    fleetWide?: boolean
  }

/** One row of any of the four tables, with how to show it. */
type Found = { at: number; id: string; show: () => FleetEventRecord }

const transitionSchema = z.object({
  from: z.enum(CIRCUIT_STATES),
  to: z.enum(CIRCUIT_STATES),
  at: storedTime,
  cause: z.enum(TRANSITION_CAUSES),
  evidence: evidenceSchema,
  actor: z.string(),
  reason: z.string().nullable(),
  generation: z.int(),
  retryAt: storedTimeOrNull,
})

/** The transition a row stands for, as the wire shows it. Throws when the row is not one. */
function transitionOfRow(row: TransitionRow): FleetEventRecord {
  const { id, providerId, model } = row
  return presentTransition({ id, providerId, model, transition: transitionSchema.parse(row) }, true)
}

const eventOfRow = ({ id, providerId, model, event }: EventRow): FleetEventRecord =>
  fleetEventSchema.parse(
    presentCircuitEvent({ id, providerId, model, event: storedEventSchema.parse(event) }, true),
  )

// The wire's schema judges the parts; this only makes sure that there is something to show.
const storedEventSchema = z.custom<CircuitEvent>((event) => {
  const { type, at, override, cooling } = (event ?? {}) as Record<string, unknown>
  const part = type === 'cooling' ? cooling : override
  return typeof type === 'string' && typeof at === 'number' && typeof part === 'object' && part !== null
}, 'not an override or cooling event')

/** The marker a row stands for, as the wire shows it. */
const markerOfRow = ({ at, ...marker }: MarkerRow): FleetEventRecord =>
  fleetEventSchema.parse(presentMarker({ ...marker, at: Number(at) }, true))

/** Newest first, behind a position. */
export function behind(after: Position<string> | null) {
  if (after === null) return {}
  const at = BigInt(after.at)
  return { OR: [{ at: { lt: at } }, { at, id: { lt: after.id } }] }
}

/** A range of times as a condition: `from` included, `to` excluded. */
export const within = ({ from, to }: Range) => ({ gte: BigInt(Math.ceil(from)), lt: BigInt(Math.ceil(to)) })

/** One page of what happened, of the kinds asked for, newest first. */
export async function readEvents(db: Db, query: EventsQuery, warn: Warn): Promise<Paged<FleetEventRecord>> {
  const { providerId, model, kinds, limit } = query
  const newest = { orderBy: [{ at: 'desc' as const }, { id: 'desc' as const }], take: limit + 1 }
  const position = behind(readTextCursor(query.cursor))
  const ofProvider = providerId === null ? {} : { providerId }
  // Transitions and the like always are of a provider.
  const ofWider =
    providerId !== null && query.fleetWide ? { OR: [{ providerId }, { providerId: null }] } : ofProvider
  const ofModel = model === undefined ? {} : { model }
  const page = { where: { at: within(query), ...ofProvider, ...ofModel, ...position }, ...newest }
  const wider = { at: within(query), AND: [ofWider, position] }
  const found = [
    ...(kinds.includes('transition') ? await db.transition.findMany(page) : []).map(entry(transitionOfRow)),
    ...(await readCircuitEvents(db, kinds, page)).map(entry(eventOfRow)),
    ...(kinds.includes('action')
      ? await db.auditEntry.findMany({ where: { ...wider, ...ofModel, ofFleet: true }, ...newest })
      : []
    ).map(entry((row) => fleetEventSchema.parse(presentAction({ ...row, at: Number(row.at) }, true)))),
    // No marker is of a model.
    ...(kinds.includes('marker') && typeof model !== 'string'
      ? await db.marker.findMany({ where: wider, ...newest })
      : []
    ).map(entry(markerOfRow)),
  ].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
  return pageOfRows(found, query, {
    show: (row) =>
      readable([row], ({ show }) => show(), { name: ({ id }) => `Event ${id}`, warn })[0] ?? null,
    position: ({ at, id }) => ({ at, id }),
  })
}

const entry =
  <Row extends { at: bigint; id: string }>(show: (row: Row) => FleetEventRecord) =>
  (row: Row): Found => ({ at: Number(row.at), id: row.id, show: () => show(row) })

async function readCircuitEvents(db: Db, kinds: EventsQuery['kinds'], page: Prisma.CircuitEventFindManyArgs) {
  const coolings = kinds.includes('cooling')
  const overrides = kinds.includes('override')
  if (!coolings && !overrides) return []
  const type = coolings ? (overrides ? {} : { type: 'cooling' }) : { type: { not: 'cooling' } }
  return db.circuitEvent.findMany({ ...page, where: { ...page.where, ...type } })
}

/** The last transition of each circuit at or before `at`. */
export async function readStateBefore(
  db: Db,
  { providerId, at }: { providerId: string | null; at: number },
  warn: Warn,
): Promise<FleetEventRecord[]> {
  const ids = await db.$queryRawUnsafe<{ id: string }[]>(
    `SELECT id FROM (
       SELECT id, row_number() OVER (PARTITION BY provider_id, model ORDER BY at DESC, id DESC) AS place
       FROM transitions WHERE at <= ? ${providerId === null ? '' : 'AND provider_id = ?'})
     WHERE place = 1`,
    ...(providerId === null ? [at] : [at, providerId]),
  )
  const rows = await db.transition.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ providerId: 'asc' }, { model: 'asc' }],
  })
  return readable(rows, transitionOfRow, { name: ({ id }) => `Transition ${id}`, warn })
}

/** How often each circuit opened at or after `since`, by circuit key. */
export async function readOpeningsSince(db: Db, since: number): Promise<Record<string, number>> {
  const counts = await db.transition.groupBy({
    by: ['providerId', 'model'],
    where: { at: { gte: BigInt(Math.ceil(since)) }, to: 'open', from: { not: 'open' } },
    _count: true,
  })
  return Object.fromEntries(
    counts.map(({ providerId, model, _count }) => [
      model === null ? providerId : `${providerId}/${model}`,
      _count,
    ]),
  )
}

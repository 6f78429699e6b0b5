import type { PrismaClient } from '#prisma/generated/client.ts'
import type { Provider } from '#lib/domain/provider.ts'
import type { JournalEntry } from '#lib/services/records.ts'
import { circuitCells, circuitKey, saveCircuits } from './circuit-rows.ts'
import { clientKeyRow } from './client-key-rows.ts'
import { apiKeyRow } from './api-key-rows.ts'
import type { Db } from './client.ts'
import { insertNew, jsonCell, timeCell, timeCellOrNull } from './insert-rows.ts'
import { writeAlerting } from './write-alerting.ts'
import { providerRow } from './provider-rows.ts'
import { routeRow } from './route-rows.ts'
import { json, timeValue } from './stored-values.ts'
import type { AuditChain, AuditTurn } from './write-audit.ts'

/** Writes entries in order, in one transaction. What is there already, from a commit never answered, stays. */
export async function writeEntries(
  client: PrismaClient,
  chain: AuditChain,
  entries: readonly JournalEntry[],
) {
  const turn = chain.begin()
  try {
    await client.$transaction(async (db) => {
      for (const run of runsOf(entries)) await writeRun(db, turn, run)
    })
    turn.committed()
  } catch (error) {
    chain.forget()
    throw error
  }
}

/** What may be saved and deleted again, so that order matters. */
const CONFIGURATION = [
  'providersSaved',
  'providersDeleted',
  'providersReset',
  'routesSaved',
  'routesDeleted',
  'clientKeysSaved',
  'clientKeysDeleted',
  'apiKeysSaved',
  'apiKeysDeleted',
] as const satisfies readonly (keyof JournalEntry)[]

const configures = (entry: JournalEntry) => CONFIGURATION.some((part) => entry[part].length > 0)

/** Neighbours that touch no configuration go together, as their order does not matter; the others alone. */
function runsOf(entries: readonly JournalEntry[]): JournalEntry[][] {
  const runs: JournalEntry[][] = []
  let open: JournalEntry[] | null = null
  for (const entry of entries) {
    if (configures(entry)) {
      runs.push([entry])
      open = null
    } else if (open !== null) {
      open.push(entry)
    } else {
      open = [entry]
      runs.push(open)
    }
  }
  return runs
}

async function writeRun(db: Db, turn: AuditTurn, run: readonly JournalEntry[]) {
  for (const entry of run) await saveProviders(db, entry.providersSaved)
  await forgetState(
    db,
    run.flatMap((entry) => entry.providersReset),
  )
  await writeCircuits(db, run)
  await writeTransitions(db, run)
  await writeEvents(db, run)
  await turn.append(
    db,
    run.flatMap((entry) => entry.audit),
  )
  await writeMarkers(db, run)
  await writeSettings(db, run)
  for (const entry of run) {
    await writeConfiguration(db, entry)
    if (entry.alerting !== null) await writeAlerting(db, entry.alerting)
  }
}

async function writeConfiguration(db: Db, entry: JournalEntry) {
  for (const route of entry.routesSaved) {
    const row = routeRow(route)
    await db.route.upsert({ where: { name: row.name }, create: row, update: row })
  }
  for (const key of entry.clientKeysSaved) {
    const row = clientKeyRow(key)
    await db.clientKey.upsert({ where: { id: row.id }, create: row, update: row })
  }
  for (const key of entry.apiKeysSaved) {
    const row = apiKeyRow(key)
    await db.apiKey.upsert({ where: { id: row.id }, create: row, update: row })
  }
  const deleted = { in: [...entry.providersDeleted] }
  if (deleted.in.length > 0) {
    await db.provider.deleteMany({ where: { id: deleted } })
    await forgetState(db, deleted.in)
  }
  if (entry.routesDeleted.length > 0)
    await db.route.deleteMany({ where: { name: { in: [...entry.routesDeleted] } } })
  if (entry.clientKeysDeleted.length > 0)
    await db.clientKey.deleteMany({ where: { id: { in: [...entry.clientKeysDeleted] } } })
  if (entry.apiKeysDeleted.length > 0)
    await db.apiKey.deleteMany({ where: { id: { in: [...entry.apiKeysDeleted] } } })
}

async function saveProviders(db: Db, providers: readonly Provider[]) {
  const ids = providers.map(({ id }) => id)
  const before =
    ids.length === 0 ? [] : await db.provider.findMany({ where: { id: { in: ids } }, select: { id: true } })
  const known = new Set(before.map(({ id }) => id))
  // An id that is created again begins anew, whatever an earlier provider left.
  await forgetState(
    db,
    ids.filter((id) => !known.has(id)),
  )
  for (const provider of providers) {
    const row = providerRow(provider)
    await db.provider.upsert({ where: { id: provider.id }, create: row, update: row })
  }
}

async function forgetState(db: Db, providerIds: readonly string[]) {
  if (providerIds.length === 0) return
  await db.circuit.deleteMany({ where: { providerId: { in: [...providerIds] } } })
  await db.healthAverage.deleteMany({ where: { providerId: { in: [...providerIds] } } })
}

async function writeCircuits(db: Db, run: readonly JournalEntry[]) {
  const newest = new Map(run.flatMap((entry) => entry.circuits).map((stored) => [circuitKey(stored), stored]))
  await saveCircuits(db, [...newest.values()].map(circuitCells))
}

const insertTransitions = insertNew({
  name: 'transitions',
  key: 'id',
  columns: [
    'id',
    'provider_id',
    'model',
    'at',
    'from',
    'to',
    'cause',
    'evidence',
    'actor',
    'reason',
    'generation',
    'retry_at',
  ],
})

const writeTransitions = (db: Db, run: readonly JournalEntry[]) =>
  insertTransitions(
    db,
    run
      .flatMap((entry) => entry.transitions)
      .map(({ id, providerId, model, transition }) => [
        id,
        providerId,
        model,
        timeCell(transition.at),
        transition.from,
        transition.to,
        transition.cause,
        jsonCell(transition.evidence),
        transition.actor,
        transition.reason,
        transition.generation,
        timeCellOrNull(transition.retryAt),
      ]),
  )

const insertEvents = insertNew({
  name: 'circuit_events',
  key: 'id',
  columns: ['id', 'provider_id', 'model', 'at', 'type', 'event'],
})

const writeEvents = (db: Db, run: readonly JournalEntry[]) =>
  insertEvents(
    db,
    run
      .flatMap((entry) => entry.events)
      .map(({ id, providerId, model, event }) => [
        id,
        providerId,
        model,
        timeCell(event.at),
        event.type,
        jsonCell(event),
      ]),
  )

const insertMarkers = insertNew({
  name: 'markers',
  key: 'id',
  columns: ['id', 'at', 'title', 'text', 'url', 'actor', 'provider_id'],
})

const writeMarkers = (db: Db, run: readonly JournalEntry[]) =>
  insertMarkers(
    db,
    run
      .flatMap((entry) => entry.markers)
      .map((one) => [one.id, timeCell(one.at), one.title, one.text, one.url, one.actor, one.providerId]),
  )

async function writeSettings(db: Db, run: readonly JournalEntry[]) {
  const newest = new Map(run.flatMap((entry) => entry.settings).map((record) => [record.version, record]))
  for (const { at, settings, ...record } of newest.values()) {
    const row = { ...record, at: timeValue(at), settings: json(settings) }
    // The last one wins: what is in force must be what a restart finds.
    await db.settingsVersion.upsert({ where: { version: row.version }, create: row, update: row })
  }
}

import type { PrismaClient } from '#prisma/generated/client.ts'
import type { Horizon } from '../storage/write-job.ts'
import type { NameTable } from './check-names.ts'
import { pruneChecks } from './prune-checks.ts'
import { pruneRollups } from './prune-rollups.ts'

/** A decision takes some 40 times the room of a check. */
const DECISION_STEP = 100

const DELETE_DECISIONS = `
  DELETE FROM decisions WHERE id IN (
    SELECT id FROM decisions WHERE at < ? ORDER BY at LIMIT ${DECISION_STEP})`

const INCIDENT_STEP = 20

const OLD_INCIDENTS = `
  SELECT id FROM incidents WHERE resolved_at < ? ORDER BY resolved_at LIMIT ${INCIDENT_STEP}`

/**
 * Deletes some of what is older than `before`: checks that are rolled up, then the messages only they used, rollups
 * that are in coarser ones, decisions, incidents that are over and what was sent; whether there is more.
 */
export async function prune(client: PrismaClient, names: NameTable, before: Horizon): Promise<boolean> {
  return (
    (await pruneChecks(client, names, before.checks)) ||
    (await pruneRollups(client, before.rollups)) ||
    (await client.$executeRawUnsafe(DELETE_DECISIONS, Math.round(before.decisions))) === DECISION_STEP ||
    (await pruneIncidents(client, Math.round(before.incidents)))
  )
}

async function pruneIncidents(client: PrismaClient, before: number): Promise<boolean> {
  const deleted = await client.$transaction(async (db) => {
    for (const table of ['incident_events', 'deliveries'])
      await db.$executeRawUnsafe(`DELETE FROM ${table} WHERE incident_id IN (${OLD_INCIDENTS})`, before)
    return db.$executeRawUnsafe(`DELETE FROM incidents WHERE id IN (${OLD_INCIDENTS})`, before)
  })
  return deleted === INCIDENT_STEP
}

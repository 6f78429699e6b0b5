import type { PrismaClient } from '#prisma/generated/client.ts'
import type { Horizon } from '../storage/write-job.ts'
import type { NameTable } from './check-names.ts'

const HOUR_MS = 3_600_000
/** Rows deleted in one step: a few ms, which an entry that comes meanwhile waits for. */
const STEP = 500
/** A decision takes some 40 times the room of a check. */
const DECISION_STEP = 100
/** How many of the oldest rows a step looks at. They are in the order of arrival, so nearly in that of time. */
const LOOK = 5_000

const DELETE_CHECKS = `
  DELETE FROM checks WHERE id IN (
    SELECT id FROM (SELECT id, at FROM checks ORDER BY id LIMIT ${LOOK}) WHERE at < ? LIMIT ${STEP})`

const DELETE_MESSAGES = `
  DELETE FROM check_names WHERE id IN (
    SELECT id FROM check_names WHERE type = 'message' AND last_used_at < ? LIMIT ${STEP})`

const DELETE_DECISIONS = `
  DELETE FROM decisions WHERE id IN (
    SELECT id FROM decisions WHERE at < ? ORDER BY at LIMIT ${DECISION_STEP})`

/** Deletes some of what is older than `before`: checks, then the messages only they used, then decisions; whether there is more. */
export async function prune(client: PrismaClient, names: NameTable, before: Horizon): Promise<boolean> {
  return (
    (await pruneChecks(client, names, before.checks)) ||
    (await client.$executeRawUnsafe(DELETE_DECISIONS, Math.round(before.decisions))) === DECISION_STEP
  )
}

async function pruneChecks(client: PrismaClient, names: NameTable, before: number): Promise<boolean> {
  const checks = await client.$executeRawUnsafe(DELETE_CHECKS, Math.round(before))
  if (checks === STEP) return true
  // A message is known to have been used in an hour, not when in it.
  const messages = await client.$executeRawUnsafe(DELETE_MESSAGES, Math.round(before) - HOUR_MS)
  if (messages > 0) names.forget()
  return messages === STEP
}

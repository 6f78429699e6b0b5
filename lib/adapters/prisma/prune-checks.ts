import type { PrismaClient } from '#prisma/generated/client.ts'
import type { NameTable } from './check-names.ts'

const HOUR_MS = 3_600_000
/** Rows deleted in one step: a few ms, which an entry that comes meanwhile waits for. */
const STEP = 500
/** How many of the oldest rows a step looks at. They are in the order of arrival, so nearly in that of time. */
const LOOK = 5_000

const DELETE_CHECKS = `
  DELETE FROM checks WHERE id IN (
    SELECT id FROM (SELECT id, at FROM checks ORDER BY id LIMIT ${LOOK}) WHERE at < ? LIMIT ${STEP})`

const DELETE_MESSAGES = `
  DELETE FROM check_names WHERE id IN (
    SELECT id FROM check_names WHERE type = 'message' AND last_used_at < ? LIMIT ${STEP})`

/** Deletes some of the checks that ended before `before`, and then the messages only they used; whether there is more. */
export async function pruneChecks(client: PrismaClient, names: NameTable, before: number): Promise<boolean> {
  const checks = await client.$executeRawUnsafe(DELETE_CHECKS, Math.round(before))
  if (checks === STEP) return true
  // A message is known to have been used in an hour, not when in it.
  const messages = await client.$executeRawUnsafe(DELETE_MESSAGES, Math.round(before) - HOUR_MS)
  if (messages > 0) names.forget()
  return messages === STEP
}

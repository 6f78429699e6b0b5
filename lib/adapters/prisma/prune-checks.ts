import type { PrismaClient } from '#prisma/generated/client.ts'
import { KEPT_FAILURES } from '../storage/kept-failures.ts'
import { CLASS_CODES } from './check-codes.ts'
import type { NameTable } from './check-names.ts'
import type { Db } from './client.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** Rows deleted in one step: a few ms, which an entry that comes meanwhile waits for. */
const STEP = 500
/** How many of the oldest rows a step looks at. They are in the order of arrival, so nearly in that of time. */
const LOOK = 5_000

const IS_FAILURE = `class IN (${CLASS_CODES.provider_error}, ${CLASS_CODES.credentials})`
const ROLLED_BEFORE = `coalesce((SELECT at FROM rollup_marks WHERE tier = 0), 0)`

// What counts is kept until it is rolled up, also where that has to be done again.
const DOOMED = `
  SELECT json_group_array(id) AS ids, coalesce(sum(${IS_FAILURE}), 0) AS failures FROM (
    SELECT c.id, c.class FROM (SELECT id, at, class, provider FROM checks ORDER BY id LIMIT ${LOOK}) c
    WHERE c.at < ? AND (c.class IS NULL OR c.at < ${ROLLED_BEFORE} AND NOT EXISTS (
      SELECT 1 FROM late_minutes l WHERE l.provider = c.provider AND l.at = c.at - c.at % ${MINUTE_MS}))
    LIMIT ${STEP})`

const COLUMNS =
  'id, provider, at, class, source, model, latency, dns, connect, tls, first_byte, http_status, kind, message, count'

const KEEP = `
  INSERT OR IGNORE INTO kept_failures (${COLUMNS})
  SELECT ${COLUMNS} FROM checks WHERE id IN (SELECT value FROM json_each(?)) AND ${IS_FAILURE}`

const KEEP_NO_MORE = `
  DELETE FROM kept_failures WHERE id IN (
    SELECT k.id FROM (
      SELECT DISTINCT provider FROM checks WHERE id IN (SELECT value FROM json_each(?)) AND ${IS_FAILURE}) p
    JOIN kept_failures k ON k.provider = p.provider
    WHERE (k.at, k.id) < (
      SELECT o.at, o.id FROM kept_failures o WHERE o.provider = p.provider
      ORDER BY o.at DESC, o.id DESC LIMIT 1 OFFSET ${KEPT_FAILURES - 1}))`

const DELETE = 'DELETE FROM checks WHERE id IN (SELECT value FROM json_each(?))'

// While checks wait to be counted again, old ones may be among them.
const DELETE_MESSAGES = `
  DELETE FROM check_names WHERE id IN (
    SELECT id FROM check_names WHERE type = 'message' AND last_used_at < min(?, ${ROLLED_BEFORE}) - ${HOUR_MS}
      AND id NOT IN (SELECT message FROM kept_failures WHERE message IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM late_minutes)
    LIMIT ${STEP})`

type Doomed = { ids: string; failures: number | bigint }

/** Deletes some checks from before a time, keeping each provider's newest failures apart; whether there is more. */
export async function pruneChecks(client: PrismaClient, names: NameTable, before: number): Promise<boolean> {
  if ((await pruneRows(client, Math.round(before))) === STEP) return true
  // A message is known to have been used in an hour, not when in it.
  const messages = await client.$executeRawUnsafe(DELETE_MESSAGES, Math.round(before))
  if (messages > 0) names.forget()
  return messages === STEP
}

async function pruneRows(client: PrismaClient, before: number): Promise<number> {
  const [doomed] = await client.$queryRawUnsafe<Doomed[]>(DOOMED, before)
  if (doomed === undefined || doomed.ids === '[]') return 0
  if (Number(doomed.failures) === 0) return client.$executeRawUnsafe(DELETE, doomed.ids)
  return client.$transaction(async (db: Db) => {
    await db.$executeRawUnsafe(KEEP, doomed.ids)
    await db.$executeRawUnsafe(KEEP_NO_MORE, doomed.ids)
    return db.$executeRawUnsafe(DELETE, doomed.ids)
  })
}

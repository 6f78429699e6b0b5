import type { Check } from '#lib/contract/check.ts'
import type { Page, Paged, Range } from '#lib/services/ports.ts'
import { presentCheck } from '#lib/services/present/check.ts'
import type { CheckRecord } from '#lib/services/records.ts'
import type { OutcomeClass, OutcomeSource, Phases } from '#lib/domain/outcome.ts'
import { pageOfRows, readNumberCursor } from '../storage/cursor.ts'
import type { NumberedCheck } from '../storage/write-job.ts'
import {
  CLASS_CODES,
  CLASS_WORDS,
  KIND_WORDS,
  SKIP_WORDS,
  SOURCE_CODES,
  SOURCE_WORDS,
} from './check-codes.ts'
import type { Db } from './client.ts'
import { unpackWithRange } from './packed-sketch.ts'
import type { Warn } from './readable.ts'

/** A row of `checks` with its names, as SQLite puts it into JSON. */
type Row = [
  id: number,
  providerId: string,
  at: number,
  outcomeClass: number | null,
  source: number,
  model: string | null,
  latency: number | null,
  dns: number | null,
  connect: number | null,
  tls: number | null,
  firstByte: number | null,
  httpStatus: number | null,
  kind: number | null,
  message: string | null,
  skipped: number | null,
  count: number,
  /** In hexadecimal; empty for none. */
  sketch: string,
]

/** Wraps a query for rows of `checks`: one JSON text of them all is many times faster than a row at a time. */
const asJson = (query: string, order: string) => `
  SELECT json_group_array(
    json_array(c.id, p.name, c.at, c.class, c.source, m.name, c.latency, c.dns, c.connect, c.tls, c.first_byte,
      c.http_status, c.kind, t.name, c.skipped, c.count, hex(c.sketch)) ORDER BY ${order}) AS rows
  FROM (${query}) c
  JOIN check_names p ON p.id = c.provider
  LEFT JOIN check_names m ON m.id = c.model
  LEFT JOIN check_names t ON t.id = c.message`

const msOf = (tenths: number | null) => (tenths === null ? null : tenths / 10)

function phasesOf([, , , , , , , dns, connect, tls, firstByte]: Row): Phases | null {
  if (dns === null && connect === null && tls === null && firstByte === null) return null
  return { dnsMs: msOf(dns), connectMs: msOf(connect), tlsMs: msOf(tls), firstByteMs: msOf(firstByte) }
}

/** The word for a code; null for none, undefined for a code this program does not know. */
const wordOf = <Word>(words: ReadonlyMap<number, Word>, code: number | null) =>
  code === null ? null : words.get(code)

/** The check that a row stands for; null when a newer program wrote it. */
function checkOf(row: Row): NumberedCheck | null {
  const [
    id,
    providerId,
    at,
    classCode,
    sourceCode,
    model,
    latency,
    ,
    ,
    ,
    ,
    httpStatus,
    kindCode,
    message,
    skipCode,
    count,
    sketch,
  ] = row
  const source = SOURCE_WORDS.get(sourceCode)
  const outcomeClass = wordOf(CLASS_WORDS, classCode)
  const kind = wordOf(KIND_WORDS, kindCode)
  const skipped = wordOf(SKIP_WORDS, skipCode)
  if (source === undefined || outcomeClass === undefined || kind === undefined || skipped === undefined)
    return null
  const latencyMs = msOf(latency)
  const phases = phasesOf(row)
  return {
    id,
    check: {
      providerId,
      model,
      source,
      at,
      class: outcomeClass,
      latencyMs,
      phases,
      httpStatus,
      kind,
      message,
      skipped,
      count,
      latencies: sketch === '' ? null : unpackWithRange(Buffer.from(sketch, 'hex')),
    },
  }
}

async function rowsOf(db: Db, sql: string, parameters: readonly unknown[]): Promise<Row[]> {
  const [answer] = await db.$queryRawUnsafe<{ rows: string }[]>(sql, ...parameters)
  return JSON.parse(answer?.rows ?? '[]') as Row[]
}

/** Rows as checks; those of a newer program are left out with a warning. */
function checksOf(rows: readonly Row[], warn: Warn): NumberedCheck[] {
  return rows.flatMap((row) => {
    const check = checkOf(row)
    if (check === null) warn(`Check ${row[0]} was written by another version and is left out.`)
    return check ?? []
  })
}

export type ChecksQuery = Range &
  Page & { providerId: string; class: OutcomeClass | null; source: OutcomeSource | null }

const KEPT_COLUMNS =
  'id, provider, at, class, source, model, latency, dns, connect, tls, first_byte, http_status, kind, message, NULL AS skipped, count, NULL AS sketch'
const COLUMNS = KEPT_COLUMNS.replaceAll('NULL AS ', '')

/** One page of a provider's checks, newest first; beyond the time that checks are kept, of failures. */
export async function readChecks(db: Db, query: ChecksQuery, warn: Warn): Promise<Paged<Check>> {
  const after = readNumberCursor(query.cursor)
  const parameters: unknown[] = [query.providerId, query.from, query.to]
  let where = `provider = (SELECT id FROM check_names WHERE type = 'provider' AND name = ?) AND at >= ? AND at < ?`
  if (query.class !== null) where += ` AND class = ${CLASS_CODES[query.class]}`
  if (query.source !== null) where += ` AND source = ${SOURCE_CODES[query.source]}`
  if (after !== null) {
    where += ' AND at <= ? AND (at < ? OR id < ?)'
    parameters.push(after.at, after.at, after.id)
  }
  const order = `ORDER BY at DESC, id DESC LIMIT ${query.limit + 1}`
  const newestOf = (table: string, columns: string) =>
    `SELECT * FROM (SELECT ${columns} FROM ${table} WHERE ${where} ${order})`
  const newest = `SELECT * FROM (
    ${newestOf('checks', COLUMNS)} UNION ALL ${newestOf('kept_failures', KEPT_COLUMNS)}) ${order}`
  const rows = await rowsOf(db, asJson(newest, 'c.at DESC, c.id DESC'), [...parameters, ...parameters])
  return pageOfRows(rows, query, {
    show: (row) =>
      checksOf([row], warn).map(({ id, check }) => ({ ...presentCheck(check), id: String(id) }))[0] ?? null,
    position: ([id, , at]) => ({ at, id }),
  })
}

/** The first check since `since`; over the index, because ids are only nearly in the order of time. */
const FIRST_SINCE = `
  SELECT min(c.id) AS id FROM check_names n CROSS JOIN checks c
  WHERE n.type = 'provider' AND c.provider = n.id AND c.at >= ?`

/** Checks that ended at or after `since`, in the order of arrival, behind the one with the id `afterId`. */
export async function readChecksSince(
  db: Db,
  { since, afterId, limit }: { since: number; afterId: number; limit: number },
  warn: Warn,
): Promise<{ rows: CheckRecord[]; lastId: number }> {
  let first = afterId + 1
  if (afterId === 0) {
    const [found] = await db.$queryRawUnsafe<{ id: number | bigint | null }[]>(FIRST_SINCE, since)
    if (found?.id === null || found === undefined) return { rows: [], lastId: 0 }
    first = Number(found.id)
  }
  const page = `SELECT * FROM checks WHERE id >= ? AND at >= ? ORDER BY id LIMIT ${limit}`
  const rows = await rowsOf(db, asJson(page, 'c.id'), [first, since])
  return { rows: checksOf(rows, warn).map(({ check }) => check), lastId: rows.at(-1)?.[0] ?? afterId }
}

/** The last 60 active checks of every provider there is. */
const RECENT = `
  SELECT c.* FROM providers o
  JOIN check_names n ON n.type = 'provider' AND n.name = o.id
  CROSS JOIN checks c
  WHERE c.id IN (
    SELECT id FROM checks WHERE provider = n.id AND source = ${SOURCE_CODES.active} ORDER BY at DESC, id DESC LIMIT 60)`

/** Each provider's last checks of our own, oldest first, at most 60. */
export async function readRecent(db: Db, warn: Warn): Promise<CheckRecord[]> {
  const rows = await rowsOf(db, asJson(RECENT, 'c.at, c.id'), [])
  return checksOf(rows, warn).map(({ check }) => check)
}

import type { AuditQuery, Page, Paged } from '#lib/services/ports.ts'
import type { AuditEntry } from '#lib/services/records.ts'
import { AUDIT_COLUMNS, entryOfRow } from '../storage/audit-chain.ts'
import { pageOfRows, readNumberCursor } from '../storage/cursor.ts'
import type { Db } from './client.ts'
import { readable, type Warn } from './readable.ts'

type Condition = { sql: string; values: readonly (string | number)[] }
/** Integers come back in either form. */
type Stored = Record<(typeof AUDIT_COLUMNS)[number], string | number | bigint | null>

/** What a text is looked for in. */
const SEARCHED = ['summary', 'reason', 'actor', 'actor_id', 'action', 'entity_id', 'address', 'request_id']

/** One page of the audit, by falling number. */
export async function readAudit(db: Db, query: AuditQuery & Page, warn: Warn): Promise<Paged<AuditEntry>> {
  const conditions = conditionsOf(query)
  const rows = await db.$queryRawUnsafe<Stored[]>(
    `SELECT ${AUDIT_COLUMNS.map((column) => `"${column}"`).join(', ')} FROM audit
     WHERE ${conditions.map(({ sql }) => sql).join(' AND ')} ORDER BY number DESC LIMIT ?`,
    ...conditions.flatMap(({ values }) => values),
    query.limit + 1,
  )
  return pageOfRows(rows, query, {
    show: (row) =>
      readable([row], (stored) => entryOfRow({ ...stored, number: Number(row.number), at: Number(row.at) }), {
        name: ({ number }) => `Audit entry ${String(number)}`,
        warn,
      })[0] ?? null,
    position: ({ at, number }) => ({ at: Number(at), id: Number(number) }),
  })
}

function conditionsOf(query: AuditQuery & Page): Condition[] {
  const { actor, action, entityType, entityId, outcome, text } = query
  const after = readNumberCursor(query.cursor)
  const conditions: (Condition | null)[] = [
    { sql: 'at >= ? AND at < ?', values: [Math.ceil(query.from), Math.ceil(query.to)] },
    after && { sql: 'number < ?', values: [after.id] },
    equal('outcome', outcome),
    equal('entity_type', entityType),
    equal('entity_id', entityId),
    actor === undefined ? null : { sql: '(actor = ? OR actor_id = ?)', values: [actor, actor] },
    action === undefined
      ? null
      : {
          sql: "(action = ? OR substr(action, 1, length(?) + 1) = ? || '.')",
          values: [action, action, action],
        },
    text === undefined ? null : containing(text),
  ]
  return conditions.filter((condition) => condition !== null)
}

const equal = (column: string, value: string | undefined): Condition | null =>
  value === undefined ? null : { sql: `${column} = ?`, values: [value] }

/** Only the letters a to z are the same in small and in capitals: SQLite knows no others. */
const containing = (text: string): Condition => ({
  sql: `(${SEARCHED.map((column) => `instr(lower(${column}), lower(?)) > 0`).join(' OR ')})`,
  values: SEARCHED.map(() => text),
})

import type { AuditRecord } from '#lib/domain/audit.ts'
import {
  AUDIT_COLUMNS,
  type AuditHead,
  type AuditRow,
  chainedRow,
  EMPTY_CHAIN,
} from '../storage/audit-chain.ts'
import type { Db } from './client.ts'
import { insertAll } from './insert-rows.ts'

const insertEntries = insertAll({ name: 'audit', columns: AUDIT_COLUMNS })

/** What one transaction adds to the chain. It counts only when `committed` is called. */
export type AuditTurn = {
  /** Adds the records, without those that are there already, from a commit never answered. */
  append: (db: Db, records: readonly AuditRecord[]) => Promise<void>
  committed: () => void
}

/** The writer's memory of where the audit's chain ends, so that it is read once. */
export function createAuditChain() {
  let head: AuditHead | null = null

  return {
    begin: (): AuditTurn => {
      let end = head
      return {
        append: async (db, records) => {
          const fresh = await unknownOf(db, records)
          if (fresh.length === 0) return
          end ??= await readHead(db)
          const rows: AuditRow[] = []
          for (const record of fresh) {
            const row = chainedRow(end, record)
            rows.push(row)
            end = { number: end.number + 1, hash: String(row.hash) }
          }
          await insertEntries(
            db,
            rows.map((row) => AUDIT_COLUMNS.map((column) => row[column])),
          )
        },
        committed: () => {
          head = end
        },
      }
    },
    /** Reads the end anew at the next turn: nobody knows what became of the last one. */
    forget: () => {
      head = null
    },
  }
}

export type AuditChain = ReturnType<typeof createAuditChain>

async function unknownOf(db: Db, records: readonly AuditRecord[]): Promise<AuditRecord[]> {
  if (records.length === 0) return []
  const known = await db.$queryRawUnsafe<{ id: string }[]>(
    'SELECT id FROM audit WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(records.map(({ id }) => id)),
  )
  const byId = new Map(records.toReversed().map((record) => [record.id, record]))
  for (const { id } of known) byId.delete(id)
  return records.filter((record) => byId.get(record.id) === record)
}

async function readHead(db: Db): Promise<AuditHead> {
  const [last] = await db.$queryRawUnsafe<{ number: number | bigint; hash: string }[]>(
    'SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1',
  )
  return last === undefined ? EMPTY_CHAIN : { number: Number(last.number), hash: last.hash }
}

import { DatabaseSync } from 'node:sqlite'
import { AppError } from '#lib/domain/errors.ts'
import { type AuditHead, EMPTY_CHAIN, hashOfRow } from '../storage/audit-chain.ts'
import { isDatabase } from './database-files.ts'

/** What a walk along the chain found: its end, and where the hash that was expected is; or the first thing that is wrong. */
export type AuditVerdict =
  { ok: true; head: AuditHead; expected: AuditHead | null } | { ok: false; problem: string }

/** What refuses changes; whoever wants to change a row has to take it away. */
const TRIGGERS = ['audit_goes_on', 'audit_keeps_what_is', 'audit_keeps_all']

/**
 * Walks the audit of the database at `path` from its first entry to its last, as it is at this moment, also while
 * others go on writing. `expected` is a hash that was the chain's end once: what was cut off behind it, or written anew
 * from before it, shows in no other way. Throws `unavailable` when there is no audit to be read.
 */
export function verifyAudit(path: string, expected: string | null = null): AuditVerdict {
  if (!isDatabase(path)) throw new AppError('unavailable', `There is no database ${path}.`)
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
  try {
    // All that is looked at is of one moment.
    database.exec('BEGIN')
    const verdict = walk(database, expected)
    return verdict.ok ? (missingTrigger(database) ?? verdict) : verdict
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    throw new AppError('unavailable', `The audit of ${path} cannot be read: ${words}.`, { cause: error })
  } finally {
    database.close()
  }
}

const broken = (problem: string): AuditVerdict => ({ ok: false, problem })

function missingTrigger(database: DatabaseSync): AuditVerdict | null {
  const there = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'`)
    .all()
    .map(({ name }) => name)
  const missing = TRIGGERS.find((name) => !there.includes(name))
  return missing === undefined
    ? null
    : broken(`The trigger ${missing}, which keeps the audit append-only, is gone.`)
}

function walk(database: DatabaseSync, expected: string | null): AuditVerdict {
  let head = EMPTY_CHAIN
  let found: AuditHead | null = null
  for (const row of database.prepare('SELECT * FROM audit ORDER BY number').iterate()) {
    const problem = problemOf(row, head)
    if (problem !== null) return broken(problem)
    head = { number: head.number + 1, hash: String(row.hash) }
    if (head.hash === expected) found = head
  }
  if (expected === null || found !== null) return { ok: true, head, expected: found }
  return broken(
    `No entry has the hash ${expected}: entries after it were cut off, or the audit was written anew.`,
  )
}

function problemOf(row: Record<string, unknown>, before: AuditHead): string | null {
  const next = before.number + 1
  if (row.number !== next) return `Entry ${next} is missing: ${String(row.number)} follows ${before.number}.`
  const which = `Entry ${next} (${String(row.action)}, id ${String(row.id)})`
  if (row.hash === '') return `${which} is not in the chain: it has no hash.`
  if (row.previous_hash !== before.hash) return `${which} does not follow the entry before it.`
  if (row.hash !== hashOfRow(row)) return `${which} was changed: its hash is not that of what it says.`
  return null
}

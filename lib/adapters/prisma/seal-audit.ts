import { DatabaseSync } from 'node:sqlite'
import { type AuditHead, EMPTY_CHAIN, hashOfRow } from '../storage/audit-chain.ts'

/**
 * Chains what the migration has copied into the audit, behind what is chained already. Only for whoever holds the
 * database's lock; the triggers let a row without a hash be changed, and no other.
 */
export function sealAudit(path: string) {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  try {
    database.exec('BEGIN IMMEDIATE')
    const last = database
      .prepare(`SELECT number, hash FROM audit WHERE hash <> '' ORDER BY number DESC LIMIT 1`)
      .get() as AuditHead | undefined
    const seal = database.prepare('UPDATE audit SET previous_hash = ?, hash = ? WHERE number = ?')
    let { hash } = last ?? EMPTY_CHAIN
    for (const row of database.prepare(`SELECT * FROM audit WHERE hash = '' ORDER BY number`).all()) {
      const previous = hash
      hash = hashOfRow({ ...row, previous_hash: previous })
      seal.run(previous, hash, Number(row.number))
    }
    database.exec('COMMIT')
  } finally {
    database.close()
  }
}

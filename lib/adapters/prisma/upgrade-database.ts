import { constants, copyFileSync } from 'node:fs'
import { isDatabase, keepAside, putInPlace, settleDatabase, upgradingCopy } from './database-files.ts'
import { migrateDatabase } from './migrate-database.ts'
import { sealAudit } from './seal-audit.ts'

/**
 * Brings the database at `path` up to date, or makes it. All is done to a copy that takes its place when it is ready,
 * so that a program killed at any moment finds, at its next start, the old database or the new one and never half of
 * each. The old one stays beside it, as `-before-upgrade`. Only for whoever holds the
 * database's lock and has removed what was left half-made.
 */
export async function upgradeDatabase(path: string, migrationsDir: string) {
  const copy = upgradingCopy(path)
  const hadOne = isDatabase(path)
  if (hadOne) {
    settleDatabase(path)
    // Where the file system can, the copy shares the original's blocks and takes no time.
    copyFileSync(path, copy, constants.COPYFILE_FICLONE)
  }
  await migrateDatabase(copy, migrationsDir)
  sealAudit(copy)
  settleDatabase(copy)
  if (hadOne) keepAside(path, `${path}-before-upgrade`)
  putInPlace(copy, path)
}

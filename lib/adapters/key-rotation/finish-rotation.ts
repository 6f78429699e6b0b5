import { realpathSync } from 'node:fs'
import { isDatabase } from '../prisma/database-files.ts'
import { lockDatabase } from '../prisma/database-lock.ts'
import { examineDatabase } from '../prisma/inspect-database.ts'
import { migrationNames } from '../prisma/migration-names.ts'
import { readKeyFile, type SecretKeySources } from '../secrets/load-secret-key.ts'
import { keepOldKey, putNextKeyInPlace } from './key-files.ts'
import { isBegun, type KeyFiles, keyFilesOf } from './key-places.ts'
import { keysOf } from './keys.ts'
import { opensAnything } from './reseal-database.ts'

/**
 * Finishes a rotation that ended between the database and the key's file: what the database holds opens with the next
 * key, which takes its place. One that had not come so far leaves everything as it is. Answers whether there was one to
 * finish. Rejects with `unavailable` while another Switchyard
 * holds the database, or when the database cannot be read.
 */
export async function finishRotation(
  sources: SecretKeySources & { databasePath: string; migrationsDir: string },
): Promise<boolean> {
  const files = keyFilesOf(sources)
  if (!isBegun(files) || !isDatabase(sources.databasePath)) return false
  const databasePath = realpathSync(sources.databasePath)
  const lock = lockDatabase(databasePath)
  try {
    examineDatabase(databasePath, migrationNames(sources.migrationsDir))
    return await finishLocked(files, databasePath)
  } finally {
    lock.release()
  }
}

/** The same for whoever holds the database's lock. */
export async function finishLocked(files: KeyFiles, databasePath: string): Promise<boolean> {
  if (!isBegun(files) || !(await opensAnything(databasePath, keysOf(readKeyFile(files.next))))) return false
  keepOldKey(files)
  putNextKeyInPlace(files)
  return true
}

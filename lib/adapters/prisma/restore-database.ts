import { existsSync, realpathSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError, isAppError } from '#lib/domain/errors.ts'
import { makeFolder } from '../make-folder.ts'
import { copyDatabase } from './back-up-database.ts'
import {
  COMPANIONS,
  isDatabase,
  keepAside,
  putInPlace,
  removeDatabase,
  restoringCopy,
  setToWal,
  settleDatabase,
} from './database-files.ts'
import { lockDatabase } from './database-lock.ts'
import { examineDatabase } from './inspect-database.ts'
import { migrationNames } from './migration-names.ts'

type Restore = {
  backup: string
  /** The database whose place the backup takes. */
  path: string
  migrationsDir: string
  now: number
}

const refusal = (message: string) => new AppError('unavailable', message)

/**
 * Puts a backup in the place of the database at `path`, in one step, and keeps the old one beside it; answers where.
 * Throws `unavailable`, with nothing changed, when a Switchyard is running on it, or when the backup is missing,
 * damaged, of another program or of a newer Switchyard. A backup of an older one is brought up to date at the next
 * start.
 */
export function restoreDatabase({ backup, path, migrationsDir, now }: Restore): { aside: string | null } {
  makeFolder(dirname(path))
  const lock = lockDatabase(path)
  const next = restoringCopy(path)
  try {
    refuseUnusable(backup, path, migrationsDir)
    removeDatabase(next)
    copyDatabase(backup, next)
    setToWal(next)
    settleDatabase(next)
    const aside = setAside(path, now)
    putInPlace(next, path)
    return { aside }
  } catch (error) {
    removeDatabase(next)
    throw error
  } finally {
    lock.release()
  }
}

function refuseUnusable(backup: string, path: string, migrationsDir: string) {
  if (!existsSync(backup)) throw refusal(`There is no file ${backup}.`)
  if (existsSync(path) && realpathSync(backup) === realpathSync(path))
    throw refusal(`${backup} is the database itself: name a backup of it.`)
  if (!isDatabase(backup)) throw refusal(`The file ${backup} is empty.`)
  const { applied } = examineDatabase(backup, migrationNames(migrationsDir))
  if (applied.length === 0) throw refusal(`The file ${backup} is no backup of Switchyard: it holds no data.`)
}

/** Keeps the database that is there, damaged or not, under a name of its own. */
function setAside(path: string, now: number): string | null {
  if (!existsSync(path)) return null
  const aside = `${path}-before-restore-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '')}Z`
  const isWhole = settled(path)
  keepAside(path, aside)
  // What stands in a damaged one's log belongs to it, and to nothing else.
  const left = isWhole ? [] : COMPANIONS.filter((suffix) => existsSync(path + suffix))
  for (const suffix of left) renameSync(path + suffix, aside + suffix)
  return aside
}

/** Whether all of the database is in its file now; false: it is damaged. Throws when another program has it open. */
function settled(path: string): boolean {
  try {
    settleDatabase(path)
    return true
  } catch (error) {
    // Its own refusal, as opposed to what SQLite says of a damaged file.
    if (isAppError(error)) throw error
    return false
  }
}

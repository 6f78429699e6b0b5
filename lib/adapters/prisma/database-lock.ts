import { existsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { AppError, isAppError } from '#lib/domain/errors.ts'

/** A hold on a database that no other process can have at the same time. */
export type DatabaseLock = { release: () => void }

/**
 * Locks the database at `path` for this process, by an exclusive lock on the empty file beside it. The kernel lets go
 * of it however the process ends. Throws `unavailable` when another Switchyard holds it.
 */
export function lockDatabase(path: string): DatabaseLock {
  const lockPath = `${path}-lock`
  // Asked of the process, so that no bundler tries to resolve it.
  const { DatabaseSync: Sqlite } = process.getBuiltinModule('node:sqlite')
  let holder: DatabaseSync | null = null
  try {
    holder = new Sqlite(lockPath)
    holder.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    holder?.close()
    throw refusal(path, error)
  }
  const held = holder
  return { release: () => held.close() }
}

/** Whether another Switchyard holds the database at `path`; not where there is none yet, or it cannot be locked. */
export function isDatabaseInUse(path: string): boolean {
  if (!existsSync(`${path}-lock`)) return false
  try {
    lockDatabase(path).release()
    return false
  } catch (error) {
    return isAppError(error) && isBusy(error.cause)
  }
}

const isBusy = (error: unknown) => (error as { errcode?: number }).errcode === BUSY

/** SQLite's code for a lock that somebody else has. */
const BUSY = 5

function refusal(path: string, error: unknown): AppError {
  const message = isBusy(error)
    ? `The database ${path} is in use by another Switchyard process: stop that one, or name another file.`
    : `The database ${path} cannot be locked: the folder is read-only, or no folder.`
  return new AppError('unavailable', message, { cause: error })
}

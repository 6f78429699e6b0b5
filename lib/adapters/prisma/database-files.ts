import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AppError } from '#lib/domain/errors.ts'

/** What SQLite keeps beside a database while it is open, or after its program died. */
export const COMPANIONS = ['-wal', '-shm', '-journal'] as const

/** Whether there is a database at `path`; an empty file is none. */
export const isDatabase = (path: string): boolean => existsSync(path) && statSync(path).size > 0

/** Deletes a database with all that SQLite keeps beside it. */
export function removeDatabase(path: string) {
  rmSync(path, { force: true })
  removeCompanions(path)
}

function removeCompanions(path: string) {
  for (const suffix of COMPANIONS) rmSync(path + suffix, { force: true })
}

/**
 * Moves all that was written last into the file itself, so that the file alone is the database. Throws `unavailable`
 * when another program has it open, whose writing would go astray.
 */
export function settleDatabase(path: string) {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    database.close()
  }
  // The last one to close it takes them away.
  if (COMPANIONS.every((suffix) => !existsSync(path + suffix))) return
  throw new AppError('unavailable', `The database ${path} is open in another program: close that one.`)
}

/** Lets readers go on while somebody writes; the file itself remembers it. */
export function setToWal(path: string) {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  try {
    database.exec('PRAGMA journal_mode = WAL')
  } finally {
    database.close()
  }
}

/** Where an upgrade, and where a restore, makes the new database. */
export const upgradingCopy = (path: string): string => `${path}-upgrading`
export const restoringCopy = (path: string): string => `${path}-restoring`

/** Forgets what an upgrade or a restore that was killed left half-made. Only for whoever holds the database's lock. */
export function removeHalfMade(path: string) {
  removeDatabase(upgradingCopy(path))
  removeDatabase(restoringCopy(path))
}

/** Returns when the file is on the disk, and not only on its way there. */
export function syncFile(path: string) {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Gives the file of `path` a second name in its folder, in place of what had that name. */
export function keepAside(path: string, aside: string) {
  rmSync(aside, { force: true })
  try {
    linkSync(path, aside)
  } catch {
    // Some file systems know no second names.
    copyFileSync(path, aside)
  }
}

/**
 * Puts the settled database `next` in the place of the one at `path`, in one step: whoever looks, also after a power
 * failure, finds the one or the other, whole.
 */
export function putInPlace(next: string, path: string) {
  syncFile(next)
  // What was written to the old one would be taken for the new one's.
  removeCompanions(path)
  renameSync(next, path)
  syncFile(dirname(path))
}

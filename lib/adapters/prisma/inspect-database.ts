import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AppError } from '#lib/domain/errors.ts'
import { isDatabase } from './database-files.ts'

/** Every SQLite file begins with this. */
const MAGIC = 'SQLite format 3\0'
/** Up to this size the whole file is examined at a start; above, all but the raw checks. */
const WHOLE_CHECK_BYTES = 256 * 1024 * 1024

const refusal = (message: string, cause?: unknown) => new AppError('unavailable', message, { cause })

/** What is known of a database: the migrations it has, oldest first (none: it is new), and whether it is set to WAL. */
export type Inspection = { applied: string[]; isWal: boolean }

/**
 * Looks at the file at `path` without changing it. Throws `unavailable`, in words for an operator, when it is
 * read-only, damaged, locked, not ours, or written by a newer program that knows more migrations than `known`.
 */
export function inspectDatabase(path: string, known: readonly string[]): Inspection {
  if (!isDatabase(path)) return { applied: [], isWal: false }
  refuseReadOnly(path)
  return examineDatabase(path, known)
}

/** The same for a file that need not be writable, such as a backup. */
export function examineDatabase(path: string, known: readonly string[]): Inspection {
  refuseForeignFile(path)
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
  try {
    refuseDamaged(database, path)
    const isWal = database.prepare('PRAGMA journal_mode').get()?.journal_mode === 'wal'
    return { applied: appliedMigrations(database, path, known), isWal }
  } catch (error) {
    throw error instanceof AppError ? error : unreadable(path, error)
  } finally {
    database.close()
  }
}

function refuseReadOnly(path: string) {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    accessSync(dirname(path), constants.W_OK)
  } catch (error) {
    throw refusal(`The database ${path} or its folder is read-only: make both writable for this user.`, error)
  }
  // The superuser may write to anything, but a file that nobody may write to was meant to stay as it is.
  if ((statSync(path).mode & 0o222) === 0)
    throw refusal(`The database ${path} is read-only: make it writable.`)
}

function refuseForeignFile(path: string) {
  if (!statSync(path).isFile())
    throw refusal(`The database ${path} is no file: name one, and it is created where there is none.`)
  const start = Buffer.alloc(MAGIC.length)
  const file = openSync(path, 'r')
  try {
    readSync(file, start, 0, MAGIC.length, 0)
  } finally {
    closeSync(file)
  }
  if (start.toString('latin1') !== MAGIC)
    throw refusal(`The file ${path} is damaged, or is no SQLite database.`)
}

const namesOf = (database: DatabaseSync, sql: string) =>
  database
    .prepare(sql)
    .all()
    .map(({ name }) => String(name))

function refuseDamaged(database: DatabaseSync, path: string) {
  const tables = namesOf(database, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'checks'`)
  const checks =
    statSync(path).size <= WHOLE_CHECK_BYTES ? ['1'] : tables.map((name) => `"${name.replaceAll('"', '""')}"`)
  for (const part of checks) {
    const [found] = database.prepare(`PRAGMA quick_check(${part})`).all()
    if (found?.quick_check !== 'ok') {
      throw refusal(
        `The database ${path} is damaged (${String(found?.quick_check)}): restore a backup, or move it away.`,
      )
    }
  }
}

function appliedMigrations(database: DatabaseSync, path: string, known: readonly string[]): string[] {
  const tables = namesOf(
    database,
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  )
  if (tables.length === 0) return []
  if (!tables.includes('_prisma_migrations')) {
    throw refusal(`The database ${path} belongs to another program: give Switchyard a file of its own.`)
  }
  const failed = namesOf(
    database,
    `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
  )
  if (failed[0] !== undefined) {
    throw refusal(`The migration ${failed[0]} of the database ${path} did not finish: restore a backup.`)
  }
  const applied = namesOf(
    database,
    `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
     ORDER BY migration_name`,
  )
  const newer = applied.find((name) => !known.includes(name))
  if (newer !== undefined) {
    throw refusal(
      `The database ${path} was written by a newer Switchyard (${newer}): start that one, or restore a backup.`,
    )
  }
  return applied
}

/** SQLite's codes, as far as they say what to do. */
const BUSY = 5

function unreadable(path: string, error: unknown): AppError {
  const { errcode, message } = error as { errcode?: number; message?: string }
  if (((errcode ?? 0) & 0xff) === BUSY)
    return refusal(`The database ${path} is locked by another program.`, error)
  return refusal(
    `The database ${path} is damaged (${String(message)}): restore a backup, or move it away.`,
    error,
  )
}

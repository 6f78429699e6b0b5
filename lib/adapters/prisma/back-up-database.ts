import { existsSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AppError } from '#lib/domain/errors.ts'
import { makeFolder } from '../make-folder.ts'
import { isDatabase, removeDatabase, syncFile } from './database-files.ts'

const refusal = (message: string, cause?: unknown) => new AppError('unavailable', message, { cause })

/**
 * Writes the database at `path`, as it is at this moment, into the new file `to`, while others go on writing. `to` is
 * there when it is whole and on the disk, and was read through once; never before. Throws `unavailable`.
 */
export function backUpDatabase(path: string, to: string): { bytes: number } {
  if (!isDatabase(path)) throw refusal(`There is no database ${path} to back up.`)
  if (existsSync(to)) throw refusal(`The file ${to} is there already: name a new one.`)
  const unfinished = `${to}-unfinished`
  try {
    makeFolder(dirname(to))
    removeDatabase(unfinished)
    copyDatabase(path, unfinished)
    readThrough(unfinished)
    syncFile(unfinished)
    renameSync(unfinished, to)
    syncFile(dirname(to))
  } catch (error) {
    removeDatabase(unfinished)
    throw refusal(`The database cannot be backed up to ${to}: ${reasonOf(error)}.`, error)
  }
  return { bytes: statSync(to).size }
}

/** Copies a database, what stands in its log included, into one new file without gaps. */
export function copyDatabase(from: string, to: string) {
  const database = new DatabaseSync(from, { readOnly: true, timeout: 5_000 })
  try {
    database.prepare('VACUUM INTO ?').run(to)
  } finally {
    database.close()
  }
}

/** A backup that cannot be read is none. */
function readThrough(path: string) {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const found = database.prepare('PRAGMA quick_check(1)').get()?.quick_check
    if (found !== 'ok') throw new Error(`the copy is damaged, ${String(found)}`)
  } finally {
    database.close()
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

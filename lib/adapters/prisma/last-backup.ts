import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type Backup, backupSchema } from '#lib/contract/data.ts'

/** Beside the database, so that a backup made by the command is known to the console. */
const noteOf = (path: string) => `${path}-last-backup`

/** Notes that the database at `path` was backed up. */
export function noteBackup(path: string, backup: Backup) {
  const next = `${noteOf(path)}-next`
  writeFileSync(next, `${JSON.stringify(backup)}\n`)
  renameSync(next, noteOf(path))
}

/** The last backup of the database at `path`; null when none is on record. */
export function readLastBackup(path: string): Backup | null {
  try {
    return backupSchema.parse(JSON.parse(readFileSync(noteOf(path), 'utf8')))
  } catch {
    return null
  }
}

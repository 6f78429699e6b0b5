import { join, resolve } from 'node:path'
import { backUpDatabase } from '#lib/adapters/prisma/back-up-database.ts'
import { noteBackup } from '#lib/adapters/prisma/last-backup.ts'
import { exitWith } from '#lib/server/exit-with.ts'
import { readEnv } from '#lib/server/env.ts'

const ROOT = join(import.meta.dirname, '..')

/** Backs the database up into the file that was named, whether Switchyard runs or not. */
function main(): void {
  const [named] = process.argv.slice(2)
  if (named === undefined) {
    console.error('Name a file to back up to: npm run backup -- FILE')
    process.exit(2)
  }
  // npm runs this in the project's folder; the file is meant where npm was called.
  const file = resolve(process.env.INIT_CWD ?? process.cwd(), named)
  const { databasePath } = readEnv(process.env, ROOT)
  const at = new Date().toISOString()
  const { bytes } = backUpDatabase(databasePath, file)
  noteBackup(databasePath, { at, file, bytes })
  console.log(`Backed up ${databasePath} to ${file}, ${(bytes / 1e6).toFixed(1)} MB.`)
}

try {
  main()
} catch (error) {
  exitWith(error)
}

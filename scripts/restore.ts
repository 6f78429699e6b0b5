import { join, resolve } from 'node:path'
import { restoreDatabase } from '#lib/adapters/prisma/restore-database.ts'
import { exitWith } from '#lib/server/exit-with.ts'
import { readEnv } from '#lib/server/env.ts'

const ROOT = join(import.meta.dirname, '..')

/** Puts the backup that was named in the place of the database; refused while Switchyard runs on it. */
function main(): void {
  const [named] = process.argv.slice(2)
  if (named === undefined) {
    console.error('Name the backup to restore: npm run restore -- FILE')
    process.exit(2)
  }
  const backup = resolve(process.env.INIT_CWD ?? process.cwd(), named)
  const { databasePath } = readEnv(process.env, ROOT)
  const migrationsDir = join(ROOT, 'prisma/migrations')
  const { aside } = restoreDatabase({ backup, path: databasePath, migrationsDir, now: Date.now() })
  console.log(`Restored ${databasePath} from ${backup}.`)
  if (aside !== null) console.log(`What was there is kept as ${aside}.`)
}

try {
  main()
} catch (error) {
  exitWith(error)
}

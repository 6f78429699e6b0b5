// A thread that lives for a moment: it examines the database and brings it up to date before anybody opens it.
import { AppError } from '#lib/domain/errors.ts'
import { removeHalfMade, setToWal } from './database-files.ts'
import { failureWords } from './failure-words.ts'
import { inspectDatabase } from './inspect-database.ts'
import { migrationNames } from './migration-names.ts'
import { serveRequests } from './serve-requests.ts'
import { setup } from './worker-messages.ts'

const { path, migrationsDir } = setup

async function prepare() {
  const known = migrationNames(migrationsDir)
  const { applied, isWal } = inspectDatabase(path, known)
  removeHalfMade(path)
  if (known.every((name) => applied.includes(name))) {
    if (!isWal) setToWal(path)
    return
  }
  try {
    // Loaded only now: most starts have nothing to migrate, and the engine is large.
    const { upgradeDatabase } = await import('./upgrade-database.ts')
    await upgradeDatabase(path, migrationsDir)
  } catch (error) {
    throw new AppError(
      'unavailable',
      `The database ${path} cannot be brought up to date: ${failureWords(error)}`,
      {
        cause: error,
      },
    )
  }
}

serveRequests(prepare, () => Promise.resolve())

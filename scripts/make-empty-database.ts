import { rm } from 'node:fs/promises'
import { openStorage } from '#lib/adapters/prisma/open-storage.ts'

/**
 * Makes the file at `path` an empty database that is up to date, for tests to copy; `codeFile` has the database's threads.
 * It is as a console leaves a new database that it has migrated and not yet begun to use: settings, alert rules and all
 * else that belongs to one installation are written after that.
 */
export async function makeEmptyDatabase(path: string, codeFile: (name: string) => string): Promise<void> {
  await rm(path, { force: true })
  const { journal, reader } = await openStorage({ url: path, codeFile })
  await journal.close(5_000)
  await reader.close()
}

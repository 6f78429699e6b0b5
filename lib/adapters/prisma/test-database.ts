import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OpenStorage, openStorage, type StorageOptions } from './open-storage.ts'

/** Databases for one file of tests: migrated once, then copied. */
export function testDatabases() {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-test-'))
  const open = new Set<OpenStorage>()
  let base: Promise<string> | null = null
  let count = 0

  async function migrate() {
    const path = join(folder, 'base.db')
    const storage = await openStorage({ url: path })
    await storage.journal.close(5_000)
    await storage.reader.close()
    return path
  }

  return {
    folder,
    /** The path of a database of its own, up to date and empty. */
    fresh: async () => {
      base ??= migrate()
      count += 1
      const path = join(folder, `${count}.db`)
      copyFileSync(await base, path)
      return path
    },
    /** Opens a database that is closed after the test. */
    open: async (path: string, options: Omit<StorageOptions, 'url'> = {}) => {
      const storage = await openStorage({ url: path, ...options })
      open.add(storage)
      return storage
    },
    /** Closes what a test left open; what is not written within `withinMs` is lost. */
    closeAll: async (withinMs = 5_000) => {
      for (const storage of open) {
        await storage.journal.close(withinMs)
        await storage.reader.close()
      }
      open.clear()
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

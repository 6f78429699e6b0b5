import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { type OpenStorage, openStorage, type StorageOptions } from './open-storage.ts'
import { bundledThread } from './test-threads.ts'

/** Databases for one file of tests. */
export function testDatabases() {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-test-'))
  const open = new Set<OpenStorage>()
  let count = 0

  return {
    folder,
    /** The path of a database of its own, up to date and empty. */
    fresh: () => {
      count += 1
      const path = join(folder, `${count}.db`)
      copyFileSync(inject('emptyDatabase'), path)
      return Promise.resolve(path)
    },
    /** Opens a database that is closed after the test. */
    open: async (path: string, options: Omit<StorageOptions, 'url'> = {}) => {
      const storage = await openStorage({ url: path, codeFile: bundledThread, ...options })
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

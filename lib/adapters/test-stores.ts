import type { Storage } from '#lib/services/ports.ts'
import { expect } from 'vitest'
import { memoryStorage } from './memory/memory-storage.ts'
import { testDatabases } from './prisma/test-database.ts'
import type { PruningJournal } from './storage/journal.ts'

export type Store = Storage & { journal: PruningJournal }
type Maker = { open: () => Promise<Store>; reopen: (store: Store) => Promise<Store> }

/** Closes in order, with all that waits written. */
export async function closeStore(store: Store): Promise<void> {
  expect(await store.journal.close(5_000)).toEqual({ lostEntries: 0, lostChecks: 0, lostDecisions: 0 })
  await store.reader.close()
}

function memoryMaker(): Maker {
  let last = memoryStorage()
  return {
    open: () => Promise.resolve(last),
    reopen: async (store) => {
      await closeStore(store)
      return (last = last.reopen())
    },
  }
}

/** Every kind of storage by its name, for contract tests that all of them must pass. */
export function testStores() {
  const databases = testDatabases()
  const prismaMaker = (): Maker => {
    let path = ''
    return {
      open: async () => databases.open((path = await databases.fresh())),
      reopen: async (store) => {
        await closeStore(store)
        return databases.open(path)
      },
    }
  }
  const makers: [name: string, make: () => Maker][] = [
    ['memory', memoryMaker],
    ['prisma on SQLite', prismaMaker],
  ]
  return { makers, closeAll: databases.closeAll, remove: databases.remove }
}

import type { Backup, StoredPartName } from '#lib/contract/data.ts'
import type { DataStore, StoredPartFacts } from '#lib/services/data-store.ts'
import type { MemoryTables } from './memory-tables.ts'

/** Tables in memory as a whole. They take no room, and a backup of them is a copy that nobody can find. */
export function memoryData(tables: MemoryTables, mayFail: () => void): DataStore {
  let lastBackup: Backup | null = null
  return {
    facts: async () => {
      await Promise.resolve()
      mayFail()
      return {
        file: 'memory',
        bytes: { file: 0, log: 0, free: 0 },
        diskFreeBytes: null,
        parts: partsOf(tables),
        lastBackup,
        backupFolder: 'memory',
      }
    },
    backUp: async (at) => {
      await Promise.resolve()
      mayFail()
      lastBackup = { at: new Date(at).toISOString(), file: `memory-${at}`, bytes: 0 }
      return lastBackup
    },
  }
}

function partsOf(tables: MemoryTables): StoredPartFacts[] {
  const { checks, decisions, transitions, events, audit, settings, markers } = tables
  const timed = (part: StoredPartName, times: readonly number[]): StoredPartFacts => ({
    part,
    rows: times.length,
    from: times.length === 0 ? null : Math.min(...times),
    to: times.length === 0 ? null : Math.max(...times),
    bytes: 0,
  })
  const timesOf = (map: ReadonlyMap<unknown, { at: number }>) => [...map.values()].map(({ at }) => at)
  return [
    timed('checks', timesOf(checks)),
    timed(
      'decisions',
      [...decisions.values()].map(({ decision }) => decision.at),
    ),
    timed('events', [
      ...[...transitions.values()].map(({ transition }) => transition.at),
      ...[...events.values()].map(({ event }) => event.at),
      ...audit.map(({ at }) => Number(at)),
      ...[settings, markers].flatMap(timesOf),
    ]),
    {
      part: 'configuration',
      rows: tables.providers.size + tables.routes.size + tables.clientKeys.size + tables.apiKeys.size,
      from: null,
      to: null,
      bytes: 0,
    },
  ]
}

import { existsSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { StoredPartName } from '#lib/contract/data.ts'
import type { StoredPartFacts, StoredSizes } from '#lib/services/data-store.ts'

/** Where the rows of one part are, and which of their columns is their time. */
type Source = { table: string; time: string | null; where?: string }

/** The tables whose room a part takes; `sources` are those whose rows are counted. */
type Part = { part: StoredPartName; sources: readonly Source[]; tables: readonly string[] }

const ROLLUP_TABLES = ['rollups', 'rollup_sketches']
const rollups = (part: StoredPartName, tier: number): Part => ({
  part,
  sources: [{ table: 'rollups', time: 'at', where: `tier = ${tier}` }],
  tables: ROLLUP_TABLES,
})
const timed = (part: StoredPartName, time: string, tables: readonly string[]): Part => ({
  part,
  sources: tables.map((table) => ({ table, time })),
  tables,
})

/** Tiers by their number on disk, which is their place from the finest. */
const PARTS: readonly Part[] = [
  { ...timed('checks', 'at', ['checks']), tables: ['checks', 'check_names'] },
  rollups('rollups_1m', 0),
  rollups('rollups_5m', 1),
  rollups('rollups_1h', 2),
  rollups('rollups_1d', 3),
  timed('kept_failures', 'at', ['kept_failures']),
  { ...timed('outcomes', 'hour', ['outcome_blocks']), tables: ['outcome_blocks', 'outcome_parts'] },
  { ...timed('decisions', 'at', ['decisions']), tables: ['decisions', 'decision_counts'] },
  timed('events', 'at', ['transitions', 'circuit_events', 'audit', 'settings_versions', 'markers']),
  {
    part: 'configuration',
    sources: ['providers', 'routes', 'client_keys', 'api_keys', 'users'].map((table) => ({
      table,
      time: null,
    })),
    tables: [
      'providers',
      'routes',
      'client_keys',
      'api_keys',
      'users',
      'sessions',
      'accounts',
      'verifications',
      'two_factors',
      'circuits',
      'health_averages',
    ],
  },
]

/** Counts what the database at `path` holds. It looks at every page, so it is for a thread of its own. */
export function readStoredParts(path: string): { parts: StoredPartFacts[]; bytes: StoredSizes } {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
  try {
    const sizes = tableSizes(database)
    const parts = PARTS.map((part) => ({ ...countPart(database, part), tables: part.tables }))
    const bytes = {
      file: statSync(path).size,
      log: existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0,
      free: numberOf(database, 'PRAGMA freelist_count') * numberOf(database, 'PRAGMA page_size'),
    }
    return { parts: parts.map((part) => withBytes(part, parts, sizes)), bytes }
  } finally {
    database.close()
  }
}

type Counted = Omit<StoredPartFacts, 'bytes'>
type CountedInTables = Counted & { tables: readonly string[] }

function countPart(database: DatabaseSync, { part, sources }: Part): Counted {
  const found = sources.map(({ table, time, where }) => {
    const span =
      time === null ? 'NULL AS oldest, NULL AS newest' : `min(${time}) AS oldest, max(${time}) AS newest`
    const row = database
      .prepare(
        `SELECT count(*) AS rows, ${span} FROM ${table} ${where === undefined ? '' : `WHERE ${where}`}`,
      )
      .get()
    return { rows: Number(row?.rows), from: timeOf(row?.oldest), to: timeOf(row?.newest) }
  })
  const begins = found.flatMap(({ from }) => from ?? [])
  const ends = found.flatMap(({ to }) => to ?? [])
  return {
    part,
    rows: found.reduce((sum, { rows }) => sum + rows, 0),
    from: begins.length === 0 ? null : Math.min(...begins),
    to: ends.length === 0 ? null : Math.max(...ends),
  }
}

const timeOf = (value: unknown) => (typeof value === 'number' ? value : null)

/** Parts that share tables share their room by rows. */
function withBytes(
  { tables, ...part }: CountedInTables,
  all: readonly CountedInTables[],
  sizes: ReadonlyMap<string, number>,
): StoredPartFacts {
  const bytes = tables.reduce((sum, table) => sum + (sizes.get(table) ?? 0), 0)
  const sharing = all.filter((other) => other.tables[0] === tables[0])
  const rows = sharing.reduce((sum, other) => sum + other.rows, 0)
  const share = sharing.length === 1 ? 1 : rows === 0 ? 0 : part.rows / rows
  return { ...part, bytes: Math.round(bytes * share) }
}

/** The bytes of every table with its indexes. */
function tableSizes(database: DatabaseSync): Map<string, number> {
  const rows = database
    .prepare(
      `SELECT s.tbl_name AS name, sum(d.pgsize) AS bytes FROM dbstat d JOIN sqlite_schema s ON s.name = d.name
       WHERE d.aggregate = TRUE GROUP BY 1`,
    )
    .all()
  return new Map(rows.map(({ name, bytes }) => [String(name), Number(bytes)]))
}

const numberOf = (database: DatabaseSync, pragma: string) =>
  Number(Object.values(database.prepare(pragma).get() ?? {})[0])

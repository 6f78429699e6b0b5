import { addAlike, addTally, newTally, type Tally } from '#lib/domain/tally.ts'
import type { Db } from './client.ts'
import { alikeOf, type RawOutcomes, SKETCH_OF_MANY } from './raw-outcomes.ts'
import { type Rollup, TALLY_COLUMNS, tallyOf, type TallyColumns, WITH_SKETCHES } from './rollup-rows.ts'

/** Above which latency a provider's success is slow, by its key; null: none is. */
export type SlowLimit = (providerId: number) => number | null

/** Which rows: a common table expression `area (provider, from_at, to_at)` and its parameters. */
export type Area = { sql: string; parameters: readonly unknown[] }

/** A provider's stretch of time. */
export type Stretch = { providerId: number; from: number; to: number }

/**
 * All providers behind one, up to another, in one stretch of time, in the order of their keys: the plus keeps SQLite
 * from looking them up by type, which would give them by name.
 */
export const areaOf = (
  from: number,
  to: number,
  { after = 0, upTo = Number.MAX_SAFE_INTEGER } = {},
): Area => ({
  sql: `area (provider, from_at, to_at) AS (
    SELECT id, ?, ? FROM check_names WHERE +type = 'provider' AND id > ? AND id <= ?)`,
  parameters: [from, to, after, upTo],
})

/** These stretches. */
export const areaOfEach = (stretches: readonly Stretch[]): Area => ({
  sql: `area (provider, from_at, to_at) AS (SELECT value->>0, value->>1, value->>2 FROM json_each(?))`,
  parameters: [JSON.stringify(stretches.map(({ providerId, from, to }) => [providerId, from, to]))],
})

/** What a tier is rolled up from: checks, or the rollups of the tier below. */
export type RollupSource = {
  /** Where its rows `c` are, and which of them count. */
  table: 'checks' | 'rollups'
  condition: string
  /** Reads them added up by stretches of `widthMs`. */
  read: (db: Db, area: Area, widthMs: number) => Promise<Rollup[]>
}

const rowsOf = ({ table, condition }: Pick<RollupSource, 'table' | 'condition'>) => `
  area a CROSS JOIN ${table} c ON c.provider = a.provider AND c.at >= a.from_at AND c.at < a.to_at AND ${condition}`

/** The checks themselves; successes above their provider's limit are slow. */
export function rawSource(slowLimit: SlowLimit): RollupSource {
  const rows = { table: 'checks', condition: 'c.class IS NOT NULL' } as const
  return {
    ...rows,
    read: (db, area, widthMs) =>
      readRollups<RawOutcomes>(db, {
        area,
        widthMs,
        from: rowsOf(rows),
        columns: `c.class, c.latency, c.count, ${SKETCH_OF_MANY}`,
        add: (tally, outcomes, providerId) => {
          const alike = alikeOf(outcomes)
          if (alike !== null) addAlike(tally, alike, slowLimit(providerId))
        },
      }),
  }
}

/** The rollups of a tier. */
export function tierSource(tier: number): RollupSource {
  const rows = { table: 'rollups', condition: `c.tier = ${tier}` } as const
  return {
    ...rows,
    read: (db, area, widthMs) =>
      readRollups<TallyColumns>(db, {
        area,
        widthMs,
        from: `${rowsOf(rows)} ${WITH_SKETCHES}`,
        columns: TALLY_COLUMNS,
        add: (tally, columns) => addTally(tally, tallyOf(columns)),
      }),
  }
}

type Reading<Columns> = {
  area: Area
  widthMs: number
  from: string
  columns: string
  add: (tally: Tally, columns: Columns, providerId: number) => void
}

type KeyColumns = [providerId: number, place: number, source: number, modelId: number]

async function readRollups<Columns extends unknown[]>(
  db: Db,
  { area, widthMs, from, columns, add }: Reading<Columns>,
): Promise<Rollup[]> {
  const [answer] = await db.$queryRawUnsafe<{ rows: string }[]>(
    `WITH ${area.sql}
     SELECT json_group_array(json_array(c.provider, c.at / ${widthMs}, c.source, coalesce(c.model, 0), ${columns})) AS rows
     FROM ${from}`,
    ...area.parameters,
  )
  const rollups = new Map<string, Rollup>()
  for (const row of JSON.parse(answer?.rows ?? '[]') as [...KeyColumns, ...Columns][]) {
    const [providerId, place, source, modelId] = row
    const key = `${providerId} ${place} ${source} ${modelId}`
    let rollup = rollups.get(key)
    if (rollup === undefined) {
      rollup = { providerId, at: place * widthMs, source, modelId, tally: newTally() }
      rollups.set(key, rollup)
    }
    // The rest of a row are the columns that were asked for.
    add(rollup.tally, row.slice(4) as Columns, providerId)
  }
  return [...rollups.values()]
}

/** Rows of a stretch or of a provider. */
export type Counted = { place: number; rows: number }

/** How many rows there are in each stretch: its begin in widths. */
export const countStretches = (
  db: Db,
  source: RollupSource,
  { area, widthMs }: { area: Area; widthMs: number },
): Promise<Counted[]> =>
  count(
    db,
    `SELECT c.at / ${widthMs} AS place, count(*) AS rows FROM ${rowsOf(source)} GROUP BY 1 ORDER BY 1`,
    area,
  )

/** How many rows there are of each provider, in the order of their keys; of the first `most` rows alone. */
export const countProviders = (
  db: Db,
  source: RollupSource,
  { area, most }: { area: Area; most: number },
): Promise<Counted[]> =>
  // Ordered as the area is, so that reading ends at the limit.
  count(
    db,
    `SELECT place, count(*) AS rows
     FROM (SELECT a.provider AS place FROM ${rowsOf(source)} ORDER BY a.provider LIMIT ${most}) GROUP BY 1 ORDER BY 1`,
    area,
  )

async function count(db: Db, select: string, area: Area): Promise<Counted[]> {
  const rows = await db.$queryRawUnsafe<{ place: number | bigint; rows: number | bigint }[]>(
    `WITH ${area.sql} ${select}`,
    ...area.parameters,
  )
  return rows.map(({ place, rows }) => ({ place: Number(place), rows: Number(rows) }))
}

/** When the first row at or after `from` is; null without one. */
export async function firstAt(
  db: Db,
  { table, condition }: RollupSource,
  from: number,
): Promise<number | null> {
  // One look at the index for each provider.
  const [row] = await db.$queryRawUnsafe<{ at: number | bigint | null }[]>(
    `SELECT min(first) AS at FROM (
       SELECT (SELECT c.at FROM ${table} c WHERE c.provider = p.id AND c.at >= ? AND ${condition} ORDER BY c.at LIMIT 1) AS first
       FROM check_names p WHERE p.type = 'provider')`,
    from,
  )
  return row?.at === null || row === undefined ? null : Number(row.at)
}

import type { History } from '#lib/contract/check.ts'
import { stretchAt, TIERS } from '#lib/domain/history-tiers.ts'
import type { OutcomeSource } from '#lib/domain/outcome.ts'
import { addAlike, addTally, newTally, type Tally } from '#lib/domain/tally.ts'
import type { Range } from '#lib/services/ports.ts'
import { iso } from '#lib/services/present/time.ts'
import { bucketOf } from '../storage/bucket.ts'
import { SOURCE_CODES } from './check-codes.ts'
import type { Db } from './client.ts'
import { alikeOf, type RawOutcomes, SKETCH_OF_MANY } from './raw-outcomes.ts'
import { TALLY_COLUMNS, tallyOf, type TallyColumns, WITH_SKETCHES } from './rollup-rows.ts'

export type HistoryQuery = Range & {
  providerId: string
  source: OutcomeSource | null
  model: string | null
  resolutionMs: number
  slowMs: number | null
}

/**
 * One statement, and so one view of the database, however the writer goes on meanwhile. Each tier whose stretches fit
 * into the buckets is read from where the coarser one ends to its own mark, the checks from there on: nothing is missed
 * or counted twice. Rows come as one JSON text, which is many times faster than a row at a time.
 */
function statement({ source, model, resolutionMs }: HistoryQuery): string {
  const which = [
    'c.provider = asked.provider',
    ...(source === null ? [] : [`c.source = ${SOURCE_CODES[source]}`]),
    ...(model === null ? [] : ['c.model = asked.model']),
  ].join(' AND ')
  const tiers = [...TIERS.entries()].filter(([, { widthMs }]) => resolutionMs % widthMs === 0).reverse()
  const rows = (columns: string) => `(SELECT json_group_array(json_array(c.at / ${resolutionMs}, ${columns}))`
  let border = 'from_at'
  const parts = tiers.map(([tier]) => {
    const begin = border
    border = `max(${begin}, min(to_at, mark${tier}))`
    return `${rows(TALLY_COLUMNS)} FROM rollups c ${WITH_SKETCHES}
      WHERE ${which} AND c.tier = ${tier} AND c.at >= ${begin} AND c.at < ${border})`
  })
  return `
    WITH asked (provider, from_at, to_at, model, ${TIERS.map((_, tier) => `mark${tier}`).join(', ')}) AS (
      SELECT
        (SELECT id FROM check_names WHERE type = 'provider' AND name = ?), ?, ?,
        (SELECT id FROM check_names WHERE type = 'model' AND name = ?),
        ${TIERS.map((_, tier) => `coalesce((SELECT at FROM rollup_marks WHERE tier = ${tier}), 0)`).join(', ')})
    SELECT
      ${parts.map((part, place) => `${part} AS tier${place}`).join(', ')}${parts.length > 0 ? ',' : ''}
      ${rows(`c.class, c.latency, c.count, ${SKETCH_OF_MANY}`)} FROM checks c
        WHERE ${which} AND c.class IS NOT NULL AND c.at >= ${border} AND c.at < to_at) AS checks
    FROM asked`
}

/** A provider's outcomes in whole buckets; empty ones are left out. */
export async function readHistory(db: Db, query: HistoryQuery): Promise<History> {
  const { providerId, from, to, model, resolutionMs, slowMs, source } = query
  if (!Number.isInteger(resolutionMs))
    throw new Error(`A resolution is a whole number of ms, not ${resolutionMs}.`)
  const begin = stretchAt(from, resolutionMs)
  const end = -stretchAt(-to, resolutionMs)
  const [answer] = await db.$queryRawUnsafe<Record<string, string>[]>(
    statement(query),
    ...[providerId, begin, end, model],
  )
  const { checks = '[]', ...tiers } = answer ?? {}
  const tallies = new Map<number, Tally>()
  for (const rows of Object.values(tiers)) {
    for (const [bucket, ...columns] of JSON.parse(rows) as [number, ...TallyColumns][])
      addTally(tallyAt(tallies, bucket), tallyOf(columns))
  }
  for (const [bucket, ...outcomes] of JSON.parse(checks) as [number, ...RawOutcomes][]) {
    const alike = alikeOf(outcomes)
    if (alike !== null) addAlike(tallyAt(tallies, bucket), alike, slowMs)
  }
  return {
    from: iso(from),
    to: iso(to),
    resolutionMs,
    source,
    buckets: [...tallies]
      .toSorted(([a], [b]) => a - b)
      .map(([bucket, tally]) => bucketOf(bucket * resolutionMs, tally)),
  }
}

function tallyAt(tallies: Map<number, Tally>, bucket: number): Tally {
  const held = tallies.get(bucket)
  if (held !== undefined) return held
  const made = newTally()
  tallies.set(bucket, made)
  return made
}

import type { History } from '#lib/contract/check.ts'
import type { OutcomeSource } from '#lib/domain/outcome.ts'
import { addAlike, newTally, type Tally } from '#lib/domain/tally.ts'
import type { Range } from '#lib/services/ports.ts'
import { iso } from '#lib/services/present/time.ts'
import { bucketOf } from '../storage/bucket.ts'
import { SOURCE_CODES } from './check-codes.ts'
import type { Db } from './client.ts'
import { alikeOf, type RawOutcomes, SKETCH_OF_MANY } from './raw-outcomes.ts'

export type HistoryQuery = Range & {
  providerId: string
  source: OutcomeSource | null
  model: string | null
  resolutionMs: number
  slowMs: number | null
}

// The index holds all of this but the sketches of traffic. One JSON text is many times faster than a row at a time.
const rawRows = ({ source, model, resolutionMs }: HistoryQuery) => `
  SELECT json_group_array(json_array(at / ${resolutionMs}, class, latency, count, ${SKETCH_OF_MANY})) AS rows
  FROM checks c
  WHERE provider = (SELECT id FROM check_names WHERE type = 'provider' AND name = ?)
    AND at >= ? AND at < ? AND class IS NOT NULL
    ${source === null ? '' : `AND source = ${SOURCE_CODES[source]}`}
    ${model === null ? '' : `AND model = (SELECT id FROM check_names WHERE type = 'model' AND name = ?)`}`

/** A provider's outcomes by bucket; empty buckets are left out. */
export async function readHistory(db: Db, query: HistoryQuery): Promise<History> {
  const { providerId, from, to, model, resolutionMs, slowMs, source } = query
  if (!Number.isInteger(resolutionMs))
    throw new Error(`A resolution is a whole number of ms, not ${resolutionMs}.`)
  const parameters = [providerId, from, to, ...(model === null ? [] : [model])]
  const [answer] = await db.$queryRawUnsafe<{ rows: string }[]>(rawRows(query), ...parameters)
  const tallies = new Map<number, Tally>()
  for (const [bucket, ...outcomes] of JSON.parse(answer?.rows ?? '[]') as [number, ...RawOutcomes][]) {
    const alike = alikeOf(outcomes)
    if (alike === null) continue
    let tally = tallies.get(bucket)
    if (tally === undefined) tallies.set(bucket, (tally = newTally()))
    addAlike(tally, alike, slowMs)
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

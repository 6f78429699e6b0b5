import type { History } from '#lib/contract/check.ts'
import type { OutcomeClass, OutcomeSource } from '#lib/domain/outcome.ts'
import type { Range } from '#lib/services/ports.ts'
import { iso } from '#lib/services/present/time.ts'
import { type BucketContent, summarize } from '../storage/bucket.ts'
import { CLASS_CODES, CLASS_WORDS, SOURCE_CODES } from './check-codes.ts'
import type { Db } from './client.ts'

export type HistoryQuery = Range & {
  providerId: string
  source: OutcomeSource | null
  model: string | null
  resolutionMs: number
  slowMs: number | null
}

/** One class of one bucket; `latencies` are tenths of a ms in a text, `1205` or `1205x17`, and null for other classes than ok. */
type Row = { bucket: number | bigint; class: number; count: number | bigint; latencies: string | null }

// The index holds all of this. Latencies come as one text a bucket, because a row each would take ten times as long.
const buckets = ({ source, model, resolutionMs }: HistoryQuery) => `
  SELECT at / ${resolutionMs} AS bucket, class, sum(count) AS count,
    group_concat(CASE count WHEN 1 THEN latency ELSE latency || 'x' || count END) FILTER (WHERE class = ${CLASS_CODES.ok}) AS latencies
  FROM checks
  WHERE provider = (SELECT id FROM check_names WHERE type = 'provider' AND name = ?)
    AND at >= ? AND at < ? AND class IS NOT NULL
    ${source === null ? '' : `AND source = ${SOURCE_CODES[source]}`}
    ${model === null ? '' : `AND model = (SELECT id FROM check_names WHERE type = 'model' AND name = ?)`}
  GROUP BY 1, 2
  ORDER BY 1`

/** A provider's outcomes by bucket, with exact percentiles; empty buckets are left out. */
export async function readHistory(db: Db, query: HistoryQuery): Promise<History> {
  const { providerId, from, to, model, resolutionMs, slowMs, source } = query
  if (!Number.isInteger(resolutionMs))
    throw new Error(`A resolution is a whole number of ms, not ${resolutionMs}.`)
  const parameters = [providerId, from, to, ...(model === null ? [] : [model])]
  const rows = await db.$queryRawUnsafe<Row[]>(buckets(query), ...parameters)
  const contents = new Map<number, BucketContent>()
  for (const row of rows) addTo(contents, row, resolutionMs)
  return {
    from: iso(from),
    to: iso(to),
    resolutionMs,
    source,
    buckets: [...contents.values()].map((content) => summarize(content, slowMs)),
  }
}

function addTo(contents: Map<number, BucketContent>, row: Row, resolutionMs: number) {
  const outcomeClass: OutcomeClass | undefined = CLASS_WORDS.get(row.class)
  if (outcomeClass === undefined) return
  const at = Number(row.bucket) * resolutionMs
  const content = contents.get(at) ?? { at, byClass: {}, latencies: new Float64Array(), weights: null }
  content.byClass[outcomeClass] = Number(row.count)
  if (row.latencies !== null) Object.assign(content, latenciesOf(row.latencies))
  contents.set(at, content)
}

function latenciesOf(text: string): Pick<BucketContent, 'latencies' | 'weights'> {
  const parts = text.split(',')
  if (!text.includes('x'))
    return { latencies: Float64Array.from(parts, (tenths) => Number(tenths) / 10), weights: null }
  const pairs = parts.map((part) => part.split('x'))
  return {
    latencies: Float64Array.from(pairs, ([tenths]) => Number(tenths) / 10),
    weights: Float64Array.from(pairs, ([, count = '1']) => Number(count)),
  }
}

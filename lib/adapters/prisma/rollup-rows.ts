import { newHistogram, recordValue } from '#lib/domain/histogram.ts'
import { newTally, type Tally } from '#lib/domain/tally.ts'
import { tenthsOf } from '#lib/domain/tenths.ts'
import { type CLASS_CODES, CLASS_WORDS } from './check-codes.ts'
import type { Db } from './client.ts'
import { packSketch, unpackSketch } from './packed-sketch.ts'

/** What a rollup is about: a provider's stretch that begins at `at`, a source's code, and a model's key or 0. */
export type RollupKey = { providerId: number; at: number; source: number; modelId: number }
export type Rollup = RollupKey & { tally: Tally }

/** The columns of counts, by the code of their class. */
const CLASS_COLUMNS = [
  'ok',
  'provider_error',
  'rate_limited',
  'credentials',
  'client_error',
  'cancelled',
  'internal',
] as const satisfies Record<number, keyof typeof CLASS_CODES>
const KEY = ['tier', 'provider', 'at', 'source', 'model']
const COUNTED = [...CLASS_COLUMNS, 'slow', 'latency_sum', 'latency_min', 'latency_max']
const WRITTEN = [...KEY, ...COUNTED]
const SKETCH = WRITTEN.length

const totalOf = (table: string) => CLASS_COLUMNS.map((name) => `${table}.${name}`).join(' + ')
const valuesOf = (names: readonly string[]) => names.map((_, place) => `value->>${place}`).join(', ')

// Outcomes only ever come in, so a recount that knows of fewer has lost some to pruning and must not replace what was
// counted when they were there.
const UPSERT = `
  INSERT INTO rollups (${WRITTEN.join(', ')})
  SELECT ${valuesOf(WRITTEN)} FROM json_each(?) WHERE true
  ON CONFLICT (provider, tier, at, source, model) DO UPDATE SET
    ${COUNTED.map((name) => `${name} = excluded.${name}`).join(', ')}
  WHERE ${totalOf('excluded')} >= ${totalOf('rollups')}`

const UPSERT_SKETCHES = `
  INSERT INTO rollup_sketches (${KEY.join(', ')}, sketch)
  SELECT ${valuesOf(KEY)}, unhex(value->>${SKETCH}) FROM json_each(?) j
  WHERE value->>${SKETCH} IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM rollups r
    WHERE r.tier = value->>0 AND r.provider = value->>1 AND r.at = value->>2 AND r.source = value->>3
      AND r.model = value->>4 AND ${totalOf('r')} > value->>${SKETCH + 1})
  ON CONFLICT (provider, tier, at, source, model) DO UPDATE SET sketch = excluded.sketch`

/** Writes rollups of one tier over what is there. */
export async function writeRollups(db: Db, tier: number, rollups: readonly Rollup[]) {
  if (rollups.length === 0) return
  const rows = JSON.stringify(rollups.map((rollup) => rowOf(tier, rollup)))
  // First, because the counts that are there say whether a sketch may be replaced.
  await db.$executeRawUnsafe(UPSERT_SKETCHES, rows)
  await db.$executeRawUnsafe(UPSERT, rows)
}

function rowOf(tier: number, { providerId, at, source, modelId, tally }: Rollup) {
  const counts = CLASS_COLUMNS.map((name) => tally.byClass[name] ?? 0)
  const { count, min, max } = tally.latencies
  const isMeasured = count > 0
  return [
    ...[tier, providerId, at, source, modelId],
    ...counts,
    tally.slow,
    tally.latencySumTenths,
    isMeasured ? tenthsOf(min) : null,
    isMeasured ? tenthsOf(max) : null,
    needsSketch(tally) ? Buffer.from(packSketch(tally.latencies)).toString('hex') : null,
    counts.reduce((sum, one) => sum + one, 0),
  ]
}

/** One or two latencies are told by the smallest and the largest, which saves the sketches of most minutes. */
const needsSketch = ({ latencies, byClass }: Tally) =>
  latencies.count > 2 || (latencies.count > 0 && latencies.count !== byClass.ok)

/** A rollup's tally as `TALLY_COLUMNS` gives it; the sketch in hexadecimal, empty for none. */
export type TallyColumns = [
  ...counts: [number, number, number, number, number, number, number],
  slow: number,
  latencySum: number,
  latencyMin: number | null,
  latencyMax: number | null,
  sketch: string,
]

/** The columns of `rollups c LEFT JOIN rollup_sketches k`, for `json_array`. */
export const TALLY_COLUMNS = `${COUNTED.map((name) => `c.${name}`).join(', ')}, hex(k.sketch)`

/** The sketches of the rollups `c`. */
export const WITH_SKETCHES = `LEFT JOIN rollup_sketches k ON ${KEY.map((name) => `k.${name} = c.${name}`).join(' AND ')}`

/** The tally that a row holds. */
export function tallyOf(columns: TallyColumns): Tally {
  const tally = newTally()
  for (const [code, outcomeClass] of CLASS_WORDS) {
    const count = columns[code as 0]
    if (count > 0) tally.byClass[outcomeClass] = count
  }
  const [slow, latencySum, min, max, sketch] = columns.slice(CLASS_COLUMNS.length) as [
    number,
    number,
    number | null,
    number | null,
    string,
  ]
  tally.slow = slow
  tally.latencySumTenths = latencySum
  if (min !== null && max !== null) {
    tally.latencies =
      sketch === ''
        ? oneOrTwo(tally.byClass.ok ?? 0, min / 10, max / 10)
        : unpackSketch(Buffer.from(sketch, 'hex'), { min, max })
  }
  return tally
}

function oneOrTwo(ok: number, minMs: number, maxMs: number) {
  const latencies = newHistogram()
  recordValue(latencies, minMs)
  if (ok > 1) recordValue(latencies, maxMs)
  return latencies
}

import type { PrismaClient } from '#prisma/generated/client.ts'
import { GRACE_MS, stretchAt, TIERS } from '#lib/domain/history-tiers.ts'
import type { RollupTask } from '../storage/write-job.ts'
import type { Db } from './client.ts'
import { recountLate } from './recount-late.ts'
import type { Mark, Marks } from './rollup-marks.ts'
import { writeRollups } from './rollup-rows.ts'
import {
  type Area,
  areaOf,
  type Counted,
  countProviders,
  countStretches,
  firstAt,
  rawSource,
  type RollupSource,
  type SlowLimit,
  tierSource,
} from './rollup-source.ts'

/** Rows that one step takes in: a few ms, which an entry that comes meanwhile waits for. */
const STEP = 400
/** Rows that are counted to learn whether a step can take them all. */
const LOOK = STEP + 1
/** How many stretches ahead a step looks, to take several small ones at once. */
const AHEAD = 10

/** Rolls some of what is due up; whether there may be more. A `now` that jumped backwards has nothing due. */
export async function rollUp(
  client: PrismaClient,
  marks: Marks,
  { now, slowMs }: RollupTask,
): Promise<boolean> {
  const known = await marks.read(client)
  const slowLimit = await slowLimits(client, slowMs)
  for (const [tier, { widthMs }] of TIERS.entries()) {
    const source = tier === 0 ? rawSource(slowLimit) : tierSource(tier - 1)
    const until = tier === 0 ? await settledBefore(client, now) : (known.get(tier - 1)?.at ?? 0)
    const way = { tier, source, widthMs, limit: stretchAt(until, widthMs), mark: known.get(tier) ?? null }
    if (await advance(client, marks, way)) return true
  }
  return recountLate(client, known, slowLimit)
}

/**
 * Before when nothing more is expected. Never beyond the newest check: after a start with a clock that ran ahead, all
 * that came later would be late.
 */
async function settledBefore(client: PrismaClient, now: number): Promise<number> {
  const [row] = await client.$queryRawUnsafe<{ at: number | bigint | null }[]>(
    'SELECT max(at) AS at FROM (SELECT at FROM checks ORDER BY id DESC LIMIT 200)',
  )
  const minute = TIERS[0].widthMs
  return Math.min(now - GRACE_MS, stretchAt(Number(row?.at ?? 0), minute) + minute)
}

type Way = { tier: number; source: RollupSource; widthMs: number; limit: number; mark: Mark | null }
type Step = { area: Area | null; next: Mark }

/** Takes one step of a tier; false when none is due. */
async function advance(client: PrismaClient, marks: Marks, way: Way): Promise<boolean> {
  const { tier, source, widthMs, limit } = way
  const mark = way.mark ?? (await begin(client, way))
  if (mark === null || mark.at >= limit) return false
  const { area, next } = await stepFrom(client, { ...way, mark })
  await client.$transaction(async (db) => {
    if (area !== null) await writeRollups(db, tier, await source.read(db, area, widthMs))
    await marks.write(db, tier, next)
  })
  return true
}

/** Where a tier begins that has not begun. */
async function begin(db: Db, { source, widthMs }: Way): Promise<Mark | null> {
  const first = await firstAt(db, source, 0)
  return first === null ? null : { at: stretchAt(first, widthMs), providerId: 0 }
}

async function stepFrom(db: Db, way: Way & { mark: Mark }): Promise<Step> {
  const { source, widthMs, limit, mark } = way
  const first = await countProviders(db, source, { area: areaAt(way), most: LOOK })
  if (mark.providerId > 0 || rowsIn(first) > STEP) return someProviders(way, first)
  const end = Math.min(limit, mark.at + AHEAD * widthMs)
  const counts = await countStretches(db, source, { area: areaOf(mark.at, end), widthMs })
  if (counts.length === 0) {
    // A gap is crossed in one step, however long it was.
    const next = await firstAt(db, source, end)
    const at = next === null ? limit : Math.min(limit, stretchAt(next, widthMs))
    return { area: null, next: { at, providerId: 0 } }
  }
  const tooMany = counts[fitting(counts)]
  const at = tooMany === undefined ? end : tooMany.place * widthMs
  return { area: areaOf(mark.at, at), next: { at, providerId: 0 } }
}

/** What is left of the stretch at the mark. */
const areaAt = ({ mark, widthMs }: Way & { mark: Mark }, upTo?: number): Area =>
  areaOf(mark.at, mark.at + widthMs, { after: mark.providerId, ...(upTo !== undefined && { upTo }) })

/** A stretch with too many rows for one step, of which the first are counted: as many providers as fit, at least one. */
function someProviders(way: Way & { mark: Mark }, counts: readonly Counted[]): Step {
  const { mark, widthMs } = way
  if (rowsIn(counts) <= STEP) return { area: areaAt(way), next: { at: mark.at + widthMs, providerId: 0 } }
  const last = counts[Math.max(1, fitting(counts)) - 1]?.place ?? mark.providerId
  return { area: areaAt(way, last), next: { at: mark.at, providerId: last } }
}

const rowsIn = (counts: readonly Counted[]) => counts.reduce((sum, { rows }) => sum + rows, 0)

/** How many, from the first, have no more rows together than a step may take. */
function fitting(counts: readonly Counted[]): number {
  let rows = 0
  const over = counts.findIndex((counted) => (rows += counted.rows) > STEP)
  return over === -1 ? counts.length : over
}

/** The limits by the providers' keys. */
async function slowLimits(db: Db, slowMs: RollupTask['slowMs']): Promise<SlowLimit> {
  if (Object.keys(slowMs).length === 0) return () => null
  const rows = await db.$queryRawUnsafe<{ id: number | bigint; name: string }[]>(
    `SELECT id, name FROM check_names WHERE type = 'provider' AND name IN (SELECT value FROM json_each(?))`,
    JSON.stringify(Object.keys(slowMs)),
  )
  const limits = new Map(rows.map(({ id, name }) => [Number(id), slowMs[name] ?? null]))
  return (providerId) => limits.get(providerId) ?? null
}

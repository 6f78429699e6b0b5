import { TIERS } from '#lib/domain/history-tiers.ts'
import type { Db } from './client.ts'

/** Rows deleted in one step: a few ms, which an entry that comes meanwhile waits for. */
const STEP = 500

const KEY = 'provider, tier, at, source, model'

const remove = (
  table: 'rollups' | 'rollup_sketches',
  { tier, above }: { tier: number; above: (typeof TIERS)[number] },
) => `
  DELETE FROM ${table} WHERE (${KEY}) IN (
    SELECT c.provider, c.tier, c.at, c.source, c.model
    FROM check_names p CROSS JOIN ${table} c ON c.provider = p.id AND c.tier = ${tier}
      AND c.at < min(?, coalesce((SELECT at FROM rollup_marks WHERE tier = ${tier + 1}), 0))
    WHERE p.type = 'provider' AND NOT EXISTS (
      SELECT 1 FROM late_minutes l WHERE l.provider = c.provider
        AND l.at - l.at % ${above.widthMs} = c.at - c.at % ${above.widthMs})
    LIMIT ${STEP})`

/**
 * Deletes some rollups from before each tier's time that are in the next coarser tier, and need not be counted again
 * for it; whether there is more.
 */
export async function pruneRollups(db: Db, before: readonly number[]): Promise<boolean> {
  // The coarsest is in none, and kept for ever.
  for (const [tier, above] of TIERS.slice(1).entries()) {
    const time = before[tier]
    if (time === undefined) continue
    for (const table of ['rollups', 'rollup_sketches'] as const) {
      if ((await db.$executeRawUnsafe(remove(table, { tier, above }), time)) === STEP) return true
    }
  }
  return false
}

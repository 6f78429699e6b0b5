import { stretchAt, TIERS } from '#lib/domain/history-tiers.ts'
import type { NumberedCheck } from '../storage/write-job.ts'
import type { NameKeys } from './check-names.ts'
import type { Db } from './client.ts'
import { isRolled, type Mark } from './rollup-marks.ts'

/** A provider's minute. */
export type Minute = { providerId: number; at: number }

const [{ widthMs: MINUTE_MS }] = TIERS

/** Those that may be of a minute that is rolled up already, up to `mark`. */
export const maybeLate = (batch: readonly NumberedCheck[], mark: Mark | null) =>
  batch.filter(({ check }) => mark !== null && check.class !== null && check.at < mark.at + MINUTE_MS)

/** Notes the minutes of checks that came after these were rolled up; in the transaction that writes the checks. */
export async function noteLateMinutes(
  db: Db,
  checks: readonly NumberedCheck[],
  { mark, keys }: { mark: Mark | null; keys: NameKeys },
) {
  const late = checks
    .map(({ check }) => ({
      providerId: keys.keyOf('provider', check.providerId),
      at: stretchAt(check.at, MINUTE_MS),
    }))
    .filter((minute) => isRolled(mark, minute))
    .map(({ providerId, at }) => [providerId, at])
  if (late.length === 0) return
  await db.$executeRawUnsafe(
    'INSERT OR IGNORE INTO late_minutes (provider, at) SELECT value->>0, value->>1 FROM json_each(?)',
    JSON.stringify(late),
  )
}

/** Some of the minutes that wait to be rolled up again. */
export async function lateMinutes(db: Db, limit: number): Promise<Minute[]> {
  const rows = await db.$queryRawUnsafe<{ provider: number | bigint; at: number | bigint }[]>(
    'SELECT provider, at FROM late_minutes ORDER BY provider, at LIMIT ?',
    limit,
  )
  return rows.map(({ provider, at }) => ({ providerId: Number(provider), at: Number(at) }))
}

/** Says that these have been rolled up again. */
export const settleLateMinutes = (db: Db, minutes: readonly Minute[]) =>
  db.$executeRawUnsafe(
    'DELETE FROM late_minutes WHERE (provider, at) IN (SELECT value->>0, value->>1 FROM json_each(?))',
    JSON.stringify(minutes.map(({ providerId, at }) => [providerId, at])),
  )

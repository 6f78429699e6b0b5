import type { PrismaClient } from '#prisma/generated/client.ts'
import type { StoredHealth } from '#lib/services/records.ts'

// A provider deleted meanwhile gets no row.
const UPSERT = `
  INSERT INTO health_averages (provider_id, averages, last_check_at, spent_day, spent_usd)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?)
  WHERE value->>0 IN (SELECT id FROM providers)
  ON CONFLICT (provider_id) DO UPDATE SET
    averages = excluded.averages,
    last_check_at = excluded.last_check_at,
    spent_day = excluded.spent_day,
    spent_usd = excluded.spent_usd`

/** Overwrites the averages of these providers, all or none. */
export async function writeHealth(client: PrismaClient, rows: readonly StoredHealth[]) {
  const values = rows.map(({ providerId, health, lastCheckAt, spent }) => [
    providerId,
    JSON.stringify(health),
    lastCheckAt === null ? null : Math.round(lastCheckAt),
    spent?.day ?? null,
    spent?.usd ?? null,
  ])
  await client.$executeRawUnsafe(UPSERT, JSON.stringify(values))
}

import { join } from 'node:path'
import type { PrismaClient } from '#prisma/generated/client.ts'
import { createNameTable } from '#lib/adapters/prisma/check-names.ts'
import { SOURCE_CODES } from '#lib/adapters/prisma/check-codes.ts'
import { openForWriting } from '#lib/adapters/prisma/client.ts'
import { migrateDatabase } from '#lib/adapters/prisma/migrate-database.ts'
import { createMarks } from '#lib/adapters/prisma/rollup-marks.ts'
import { type Rollup, writeRollups } from '#lib/adapters/prisma/rollup-rows.ts'
import { writeChecks } from '#lib/adapters/prisma/write-checks.ts'
import { createAuditChain } from '#lib/adapters/prisma/write-audit.ts'
import { writeEntries } from '#lib/adapters/prisma/write-entries.ts'
import type { NumberedCheck } from '#lib/adapters/storage/write-job.ts'
import { stretchAt, TIERS } from '#lib/domain/history-tiers.ts'
import { addAlike, newTally } from '#lib/domain/tally.ts'
import { emptyEntry } from '#lib/services/drive-circuit.ts'
import type { CheckRecord } from '#lib/services/records.ts'
import { benchProvider, providerId } from './bench-provider.ts'
import { openingsOf } from './openings.ts'
import { packBlocks } from './pack-blocks.ts'
import { outagesOf, visitChecks, type YearCheck } from './weather.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const RAW_MS = 48 * HOUR_MS
const ROWS = 4_000

export type Year = { providers: number; days: number; intervalMs: number; now: number; baseUrl: string }

/** How many checks a year holds. */
export const checksOf = ({ providers, days, intervalMs }: Year) => (providers * days * DAY_MS) / intervalMs

/**
 * Makes the database at `path` as it is after so many days of checks: rolled up, with the raw ones of two days, the
 * transitions, and the blocks of thirty days.
 */
export async function fillYear(path: string, year: Year): Promise<void> {
  await migrateDatabase(path, join(ROOT, 'prisma/migrations'))
  const client = openForWriting(path)
  await client.$queryRawUnsafe('PRAGMA synchronous = OFF')
  const memory = { names: createNameTable(), marks: createMarks() }
  const providers = Array.from({ length: year.providers }, (_, index) => benchProvider(index, year))
  await writeEntries(client, createAuditChain(), [{ ...emptyEntry, providersSaved: providers }])
  let nextId = 1
  for (let index = 0; index < year.providers; index += 1) {
    nextId = await fillProvider({ client, memory, year }, index, nextId)
    if (index % 10 === 9) console.log(`  ${index + 1} of ${year.providers} providers filled`)
  }
  await setMarks(client, year)
  await client.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)')
  await client.$disconnect()
}

type Filling = { client: PrismaClient; memory: Parameters<typeof writeChecks>[1]; year: Year }

async function fillProvider(filling: Filling, index: number, firstId: number): Promise<number> {
  const { client, memory, year } = filling
  const { now, days, intervalMs } = year
  const from = stretchAt(now - days * DAY_MS, DAY_MS)
  const raw: NumberedCheck[] = []
  const tiers = TIERS.map((tier, place) =>
    newSeries(place, tier.widthMs, now - Math.min(tier.keptMs, days * DAY_MS)),
  )
  visitChecks(index, { from, to: now, intervalMs }, (check) => {
    for (const series of tiers) addTo(series, check)
    if (check.at >= now - RAW_MS) raw.push({ id: firstId + raw.length, check: recordOf(index, check) })
  })
  // The first rows make the provider's key, which its rollups are written under.
  for (let at = 0; at < raw.length; at += ROWS) await writeChecks(client, memory, raw.slice(at, at + ROWS))
  const key = await keyOf(client, providerId(index))
  for (const { tier, widthMs, rollups } of tiers) {
    // What is not over is not rolled up.
    const whole = rollups.filter(({ at }) => at + widthMs <= stretchAt(now, widthMs))
    for (let at = 0; at < whole.length; at += ROWS) {
      const rows = whole.slice(at, at + ROWS).map((rollup) => ({ ...rollup, providerId: key }))
      await writeRollups(client, tier, rows)
    }
  }
  const outages = outagesOf(index, { from, to: now })
  await writeEntries(client, createAuditChain(), [
    { ...emptyEntry, transitions: openingsOf(providerId(index), outages, intervalMs) },
  ])
  await packBlocks(client, { key, index, year })
  return firstId + raw.length
}

type Series = { tier: number; widthMs: number; from: number; rollups: Rollup[] }

const newSeries = (tier: number, widthMs: number, from: number): Series => ({
  tier,
  widthMs,
  from: stretchAt(from, widthMs),
  rollups: [],
})

function addTo({ widthMs, from, rollups }: Series, { at, class: outcomeClass, latencyMs }: YearCheck): void {
  if (at < from) return
  const begin = stretchAt(at, widthMs)
  let last = rollups.at(-1)
  if (last?.at !== begin) {
    last = { providerId: 0, at: begin, source: SOURCE_CODES.active, modelId: 0, tally: newTally() }
    rollups.push(last)
  }
  addAlike(last.tally, { class: outcomeClass, count: 1, latencyMs, latencies: null }, null)
}

const recordOf = (index: number, { at, class: outcomeClass, latencyMs }: YearCheck): CheckRecord => ({
  providerId: providerId(index),
  model: null,
  source: 'active',
  at,
  class: outcomeClass,
  latencyMs,
  phases:
    latencyMs === null ? null : { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: latencyMs - 1 },
  httpStatus: outcomeClass === 'ok' ? 200 : outcomeClass === 'rate_limited' ? 429 : 503,
  kind: outcomeClass === 'ok' ? null : outcomeClass === 'rate_limited' ? 'rate_limited' : 'http_status',
  message: outcomeClass === 'ok' ? null : 'service unavailable',
  skipped: null,
  count: 1,
  latencies: null,
})

async function keyOf(client: PrismaClient, name: string): Promise<number> {
  const [row] = await client.$queryRawUnsafe<{ id: number | bigint }[]>(
    `SELECT id FROM check_names WHERE type = 'provider' AND name = ?`,
    name,
  )
  return Number(row?.id)
}

async function setMarks(client: PrismaClient, { now }: Year): Promise<void> {
  for (const [tier, { widthMs }] of TIERS.entries()) {
    await client.$executeRawUnsafe(
      'INSERT INTO rollup_marks (tier, at, provider) VALUES (?, ?, 0)',
      tier,
      stretchAt(now, widthMs),
    )
  }
}

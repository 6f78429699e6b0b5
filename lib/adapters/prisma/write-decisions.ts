import type { PrismaClient } from '#prisma/generated/client.ts'
import { chosenProvider, presentDecision } from '#lib/services/present/decision.ts'
import type { DecisionCount, KeptDecision } from '#lib/services/records.ts'

const COLUMNS = [
  'id',
  'at',
  'request_id',
  'route',
  'provider',
  'providers',
  'failed',
  'failed_over',
  'panic',
  'document',
]

const INSERT = `
  INSERT OR IGNORE INTO decisions (${COLUMNS.join(', ')})
  SELECT ${COLUMNS.map((_, place) => `value->>${place}`).join(', ')} FROM json_each(?)`

function rowOf({ decision, failed, failedOver }: KeptDecision) {
  const provider = chosenProvider(decision)
  const involved = new Set([
    ...(provider === null ? [] : [provider]),
    ...decision.attempts.map(({ providerId }) => providerId),
  ])
  return [
    decision.id,
    Math.round(decision.at),
    decision.requestId,
    decision.route,
    provider,
    `,${[...involved].join(',')},`,
    Number(failed),
    Number(failedOver),
    Number(decision.panic),
    JSON.stringify(presentDecision(decision)),
  ]
}

/** Writes a batch of decisions, all or none; those that are there already stay as they are. */
export async function writeDecisions(client: PrismaClient, batch: readonly KeptDecision[]) {
  await client.$executeRawUnsafe(INSERT, JSON.stringify(batch.map(rowOf)))
}

const UPSERT_COUNTS = `
  INSERT INTO decision_counts (route, provider, reason_code, count)
  SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?) WHERE true
  ON CONFLICT (route, provider, reason_code) DO UPDATE SET count = excluded.count`

/** Overwrites these counts, all or none. */
export async function writeDecisionCounts(client: PrismaClient, counts: readonly DecisionCount[]) {
  const rows = counts.map(({ route, providerId, reasonCode, count }) => [
    route,
    providerId ?? '',
    reasonCode,
    count,
  ])
  await client.$executeRawUnsafe(UPSERT_COUNTS, JSON.stringify(rows))
}

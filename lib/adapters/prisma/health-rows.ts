import { z } from 'zod'
import type { HealthAverage as HealthRow } from '#prisma/generated/client.ts'
import { HEALTH_STATUSES } from '#lib/domain/health.ts'
import type { StoredHealth } from '#lib/services/records.ts'
import { storedTimeOrNull } from './stored-values.ts'

const runSchema = z.object({
  consecutiveFailures: z.int(),
  consecutiveSuccesses: z.int(),
  lastAt: z.number().nullable(),
})

const averagesSchema = z.object({
  status: z.enum(HEALTH_STATUSES),
  reason: z.string(),
  since: z.number(),
  successRate: z.number().min(0).max(1),
  samples: z.int(),
  averageLatencyMs: z.number().nullable(),
  active: runSchema,
  passive: runSchema,
  successesInRow: z.int(),
  credentialsFailed: z.boolean(),
  lastError: z.string().nullable(),
})

/** The averages a row stands for. Throws when the row is not one. */
export const healthOfRow = ({
  providerId,
  averages,
  lastCheckAt,
  spentDay,
  spentUsd,
}: HealthRow): StoredHealth => ({
  providerId,
  health: averagesSchema.parse(averages),
  lastCheckAt: storedTimeOrNull.parse(lastCheckAt),
  spent: spentDay === null || spentUsd === null ? null : { day: spentDay, usd: spentUsd },
})

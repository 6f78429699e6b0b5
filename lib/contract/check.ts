import { z } from 'zod'
import { ERROR_KINDS, OUTCOME_CLASSES, OUTCOME_SOURCES } from '#lib/domain/outcome.ts'

const phase = z.number().nullable()

/** Why a due check was not run. */
export const SKIP_REASONS = ['budget_spent', 'traffic_proves', 'prices_missing'] as const

/** One run of a probe, or the attempts of one second that ended alike; `skipped` marks a due check that was not run. */
export const checkSchema = z.object({
  id: z.string(),
  providerId: z.string(),
  at: z.iso.datetime(),
  class: z.enum(OUTCOME_CLASSES).nullable(),
  source: z.enum(OUTCOME_SOURCES),
  model: z.string().nullable(),
  latencyMs: z.number().nullable(),
  phases: z.object({ dnsMs: phase, connectMs: phase, tlsMs: phase, firstByteMs: phase }).nullable(),
  httpStatus: z.int().nullable(),
  kind: z.enum(ERROR_KINDS).nullable(),
  error: z.string().nullable(),
  skipped: z.enum(SKIP_REASONS).nullable(),
  /** How many calls this stands for: 1 for a check, any number for traffic. */
  count: z.int(),
})
export type Check = z.infer<typeof checkSchema>

/** A page of a list; `nextCursor` is null on the last. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** One bucket of a history; empty buckets are left out. */
export const bucketSchema = z.object({
  at: z.iso.datetime(),
  count: z.int(),
  ok: z.int(),
  slow: z.int(),
  byClass: z.partialRecord(z.enum(OUTCOME_CLASSES), z.int()),
  /** Latency of successes in ms; null when there was none. */
  latency: z
    .object({ p50: z.number(), p95: z.number(), p99: z.number(), avg: z.number(), max: z.number() })
    .nullable(),
  /** ok / (ok + provider_error + credentials); null when nothing counted. */
  successRate: z.number().nullable(),
})
export type Bucket = z.infer<typeof bucketSchema>

export const historySchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  resolutionMs: z.int(),
  source: z.enum(OUTCOME_SOURCES).nullable(),
  buckets: z.array(bucketSchema),
})
export type History = z.infer<typeof historySchema>

/** A reported outcome from a gateway that carries the traffic itself. */
export const reportedOutcomeSchema = z
  .strictObject({
    providerId: z.string().min(1),
    model: z.string().min(1).max(200).optional(),
    class: z.enum(OUTCOME_CLASSES).optional(),
    httpStatus: z.int().min(100).max(599).optional(),
    error: z.enum(ERROR_KINDS).optional(),
    latencyMs: z.number().min(0, 'at least 0').max(3_600_000, 'at most an hour'),
    /** The end of the call; default now. */
    at: z.iso.datetime().optional(),
    /** How long the provider asked to be left alone, in ms. */
    retryAfterMs: z.number().min(0).max(3_600_000).optional(),
    /** The token that `select` handed out for the call. */
    permit: z.string().min(1).max(200).optional(),
  })
  .refine((o) => o.class !== undefined || o.httpStatus !== undefined || o.error !== undefined, {
    path: ['class'],
    error: 'give a class, an httpStatus or an error',
  })
export const reportOutcomesSchema = z
  .array(reportedOutcomeSchema)
  .min(1, 'at least one outcome')
  .max(1_000, 'at most 1000 outcomes a call')
export type ReportedOutcome = z.infer<typeof reportedOutcomeSchema>
export const reportOutcomesResultSchema = z.object({ accepted: z.int() })

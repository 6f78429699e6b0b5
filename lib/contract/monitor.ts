import { z } from 'zod'
import { CIRCUIT_STATES } from '#lib/domain/circuit.ts'
import { HEALTH_STATUSES } from '#lib/domain/health.ts'
import { OUTCOME_CLASSES } from '#lib/domain/outcome.ts'
import { PROVIDER_KINDS } from '#lib/domain/provider.ts'
import { checkSchema } from './check.ts'
import {
  actionEventSchema,
  circuitSnapshotSchema,
  coolingEventSchema,
  effectiveStateSchema,
  overrideEventSchema,
  overrideSchema,
  transitionSchema,
} from './circuit.ts'
import { markerEventSchema } from './marker.ts'
import { providerConfigSchema } from './provider.ts'

const time = z.iso.datetime()

/** One past check as strips draw it: end, class (null: skipped), latency. */
export const recentCheckSchema = z.tuple([time, z.enum(OUTCOME_CLASSES).nullable(), z.number().nullable()])
export type RecentCheck = z.infer<typeof recentCheckSchema>

/** A provider as lists and the live stream show it. */
export const providerRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(PROVIDER_KINDS),
  enabled: z.boolean(),
  region: z.string().nullable(),
  tags: z.array(z.string()),
  status: z.enum(HEALTH_STATUSES),
  statusReason: z.string(),
  since: time,
  consecutiveFailures: z.int(),
  averageLatencyMs: z.number().nullable(),
  /** The moving average, shown as "health score". */
  successRate: z.number(),
  samples: z.int(),
  /**
   * Counted over the last hour, checks and traffic together; `traffic` alone by class, a class without any left out.
   * Shares are of the whole fleet's traffic, in this hour and in the one before; null without traffic.
   */
  lastHour: z.object({
    count: z.int(),
    successRate: z.number().nullable(),
    p50Ms: z.number().nullable(),
    p95Ms: z.number().nullable(),
    share: z.number().nullable(),
    earlierShare: z.number().nullable(),
    traffic: z.partialRecord(z.enum(OUTCOME_CLASSES), z.int()),
  }),
  lastCheckAt: time.nullable(),
  nextCheckAt: time.nullable(),
  /** The newest of its `recent` checks, so that a strip grows from the stream alone. */
  lastResult: recentCheckSchema.nullable().optional(),
  intervalMs: z.int(),
  timeoutMs: z.int(),
  /** Whether `samples` is enough for rates to mean something; below it the console says "3 of 5 samples". */
  minSamples: z.int(),
  circuit: z.object({
    state: z.enum(CIRCUIT_STATES),
    effective: effectiveStateSchema,
    override: overrideSchema.omit({ since: true }).nullable(),
    /** When the present hold ends: retryAt while open, the end of cooling; null otherwise. */
    until: time.nullable(),
  }),
  /** Circuits of this provider's models that are open or half-open. */
  openModels: z.int(),
  /** Circuits of this provider's models that operators hold, and when the first of them is let go; null: none. */
  heldModels: z.object({ count: z.int(), until: time }).nullable(),
})
export type ProviderRow = z.infer<typeof providerRowSchema>

export const fleetStatsSchema = z.object({
  totalProviders: z.int(),
  healthyProviders: z.int(),
  degradedProviders: z.int(),
  unhealthyProviders: z.int(),
  unknownProviders: z.int(),
  averageLatencyMs: z.number().nullable(),
})
export type FleetStats = z.infer<typeof fleetStatsSchema>

/** The whole fleet at one moment. `seq` is the stream's position it was taken at. */
export const monitorSchema = z.object({
  asOf: time,
  seq: z.int(),
  bootId: z.string(),
  stats: fleetStatsSchema,
  providers: z.array(providerRowSchema),
})
export type Monitor = z.infer<typeof monitorSchema>

/** The last checks of the asked providers, oldest first, at most 60 each. */
export const recentSchema = z.object({ asOf: time, items: z.record(z.string(), z.array(recentCheckSchema)) })
export type Recent = z.infer<typeof recentSchema>

/** One provider, whole. */
export const providerSnapshotSchema = providerRowSchema.extend({
  lastCheck: checkSchema.nullable(),
  circuit: circuitSnapshotSchema,
  models: z.array(circuitSnapshotSchema),
  recent: z.array(recentCheckSchema),
  /** Checks and requests under way. */
  inFlight: z.int(),
})
export type ProviderSnapshot = z.infer<typeof providerSnapshotSchema>

/** Where a threshold's value comes from. */
export const effectiveThresholdSchema = z.object({
  group: z.enum(['monitor', 'health', 'breaker']),
  field: z.string(),
  value: z.union([z.string(), z.number(), z.null()]),
  inherited: z.boolean(),
})

/** One provider with its configuration and the thresholds in force for it. */
export const providerDetailSchema = z.object({
  asOf: time,
  provider: providerConfigSchema,
  snapshot: providerSnapshotSchema,
  thresholds: z.array(effectiveThresholdSchema),
})
export type ProviderDetail = z.infer<typeof providerDetailSchema>

export const HEALTH_CHECK_STATES = ['ok', 'impaired', 'off'] as const
/** Our own health; it says nothing about any provider. */
export const selfHealthSchema = z.object({
  status: z.enum(['ok', 'impaired']),
  version: z.string(),
  uptimeMs: z.number(),
  checks: z.object({
    database: z.enum(HEALTH_CHECK_STATES),
    scheduler: z.enum(HEALTH_CHECK_STATES),
    eventLoop: z.enum(HEALTH_CHECK_STATES),
    egress: z.enum(HEALTH_CHECK_STATES),
  }),
})
export type SelfHealth = z.infer<typeof selfHealthSchema>

/** What a round of checks did. */
export const runRoundResultSchema = z.object({ results: z.array(checkSchema), remaining: z.int() })

const streamed = { seq: z.int(), asOf: time }

/** What the stream sends; `kind` is also the server-sent event's name, `seq` its id. */
export const streamEventSchema = z.discriminatedUnion('kind', [
  z.object({ ...streamed, kind: z.literal('hello'), bootId: z.string() }),
  z.object({ ...streamed, kind: z.literal('provider'), row: providerRowSchema }),
  z.object({ ...streamed, kind: z.literal('provider_removed'), id: z.string() }),
  z.object({ ...streamed, kind: z.literal('transition'), event: transitionSchema }),
  z.object({ ...streamed, kind: z.literal('override'), event: overrideEventSchema }),
  z.object({ ...streamed, kind: z.literal('cooling'), event: coolingEventSchema }),
  z.object({ ...streamed, kind: z.literal('action'), event: actionEventSchema }),
  z.object({ ...streamed, kind: z.literal('marker'), event: markerEventSchema }),
  /** An incident began, changed or ended. */
  z.object({ ...streamed, kind: z.literal('incident'), id: z.string() }),
  z.object({ ...streamed, kind: z.literal('settings'), version: z.int() }),
  z.object({ ...streamed, kind: z.literal('heartbeat'), self: selfHealthSchema }),
])
export type StreamEvent = z.infer<typeof streamEventSchema>

/** RFC 9457 problem details; `errors` are keyed by form field path. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  requestId: z.string(),
})
export type Problem = z.infer<typeof problemSchema>

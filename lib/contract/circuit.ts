import { z } from 'zod'
import { CIRCUIT_STATES, OVERRIDE_MODES, TRANSITION_CAUSES } from '#lib/domain/circuit.ts'
import { durationSchema } from './duration.ts'
import { markerEventSchema } from './marker.ts'
import { reasonSchema } from './settings.ts'

const time = z.iso.datetime()
const HOUR = 3_600_000

/** What a request meets now: the automatic state after cooling and override. */
export const EFFECTIVE_STATES = ['closed', 'open', 'half_open', 'cooling'] as const
export const effectiveStateSchema = z.enum(EFFECTIVE_STATES)
export type EffectiveState = z.infer<typeof effectiveStateSchema>

export const overrideSchema = z.object({
  mode: z.enum(OVERRIDE_MODES),
  actor: z.string(),
  reason: z.string(),
  since: time,
  until: time,
})
export type OverrideView = z.infer<typeof overrideSchema>

/** One circuit as it stands. */
export const circuitSnapshotSchema = z.object({
  providerId: z.string(),
  model: z.string().nullable(),
  state: z.enum(CIRCUIT_STATES),
  effective: effectiveStateSchema,
  override: overrideSchema.nullable(),
  cooling: z.object({ until: time, reason: z.string() }).nullable(),
  consecutiveFailures: z.int(),
  window: z.object({ calls: z.int(), failures: z.int(), slow: z.int() }),
  openedAt: time.nullable(),
  retryAt: time.nullable(),
  openings: z.int(),
  trials: z.object({ inFlight: z.int(), succeeded: z.int(), allowed: z.int() }),
  since: time,
  tripsLast24h: z.int(),
  generation: z.int(),
  /** What would open it, for "12/40 = 30 % (trips at 50 %)". */
  trips: z.object({
    failureThreshold: z.int(),
    failureRate: z.number(),
    minCalls: z.int(),
    windowMs: z.int(),
  }),
})
export type CircuitSnapshot = z.infer<typeof circuitSnapshotSchema>

export const evidenceSchema = z.object({
  calls: z.int(),
  failures: z.int(),
  slow: z.int(),
  consecutiveFailures: z.int(),
  lastErrors: z.array(z.string()),
})

/** One change of a circuit's state. */
export const transitionSchema = z.object({
  kind: z.literal('transition'),
  id: z.string(),
  providerId: z.string(),
  model: z.string().nullable(),
  at: time,
  from: z.enum(CIRCUIT_STATES),
  to: z.enum(CIRCUIT_STATES),
  cause: z.enum(TRANSITION_CAUSES),
  evidence: evidenceSchema,
  actor: z.string(),
  reason: z.string().nullable(),
  /** Until when it stays open, where it opened. */
  retryAt: time.nullable(),
  persisted: z.boolean(),
})
export type TransitionRecord = z.infer<typeof transitionSchema>

export const OVERRIDE_PHASES = ['set', 'released', 'expired', 'self_released'] as const

/** The beginning or end of an override. */
export const overrideEventSchema = z.object({
  kind: z.literal('override'),
  id: z.string(),
  providerId: z.string(),
  model: z.string().nullable(),
  at: time,
  phase: z.enum(OVERRIDE_PHASES),
  override: overrideSchema,
  actor: z.string(),
  reason: z.string().nullable(),
  persisted: z.boolean(),
})
export type OverrideEvent = z.infer<typeof overrideEventSchema>

/** A provider asked to be left alone for a while. */
export const coolingEventSchema = z.object({
  kind: z.literal('cooling'),
  id: z.string(),
  providerId: z.string(),
  model: z.string().nullable(),
  at: time,
  until: time,
  reason: z.string(),
  persisted: z.boolean(),
})
export type CoolingEvent = z.infer<typeof coolingEventSchema>

/** An operator's change of a provider or the settings. */
export const actionEventSchema = z.object({
  kind: z.literal('action'),
  id: z.string(),
  providerId: z.string().nullable(),
  model: z.null(),
  at: time,
  action: z.string(),
  /** One line in words: "thresholds changed to version 3". */
  summary: z.string(),
  actor: z.string(),
  reason: z.string().nullable(),
  persisted: z.boolean(),
})
export type ActionEvent = z.infer<typeof actionEventSchema>

/** Anything that happened to a circuit, was done by an operator or was marked; what the event feed and the strips show. */
export const fleetEventSchema = z.discriminatedUnion('kind', [
  transitionSchema,
  overrideEventSchema,
  coolingEventSchema,
  actionEventSchema,
  markerEventSchema,
])
export type FleetEventRecord = z.infer<typeof fleetEventSchema>

/** Setting an override. Forced closed may last one hour at most; the others seven days. */
export const setOverrideSchema = z
  .strictObject({
    mode: z.enum(OVERRIDE_MODES),
    reason: reasonSchema,
    ttl: durationSchema(60_000, 7 * 24 * HOUR),
    /** The provider's name: asked for where it is the last eligible member of a route. */
    confirm: z.string().max(200).optional(),
  })
  .superRefine(({ mode, ttl }, context) => {
    if (mode === 'forced_closed' && !durationSchema(60_000, HOUR).safeParse(ttl).success) {
      context.addIssue({ code: 'custom', path: ['ttl'], message: 'at most 1h for forced closed' })
    }
  })
export type SetOverride = z.infer<typeof setOverrideSchema>

export const releaseOverrideSchema = z.strictObject({ reason: reasonSchema.optional() })

export const resetCircuitSchema = z.strictObject({
  to: z.enum(['half_open', 'closed']).default('half_open'),
  reason: reasonSchema,
})
export type ResetCircuit = z.infer<typeof resetCircuitSchema>

/** What an operator's command answers: the circuit after it, and whether the command is on disk yet. */
export const circuitCommandResultSchema = z.object({ circuit: circuitSnapshotSchema, persisted: z.boolean() })
export type CircuitCommandResult = z.infer<typeof circuitCommandResultSchema>

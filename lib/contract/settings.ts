import { z } from 'zod'
import { alertSettingsSchema, DEFAULT_ALERT_SETTINGS } from './alert-settings.ts'
import { durationSchema, parseDuration } from './duration.ts'

const SECOND = 1_000
const HOUR = 3_600_000

const interval = durationSchema(SECOND, HOUR)
/** A time-out of a call or of a part of one. */
export const timeoutSchema = durationSchema(100, 300_000)
const timeout = timeoutSchema
const openTime = durationSchema(SECOND, HOUR)
const count = z.int('a whole number').min(1, 'at least 1').max(100, 'at most 100')
/** A share, 0 to 1. */
export const rateSchema = z.number('a number from 0 to 1').min(0, 'at least 0').max(1, 'at most 1')
const rate = rateSchema
/** How often a request is tried, all attempts counted. */
export const maxAttemptsSchema = z.int().min(1, 'at least 1').max(10, 'at most 10')

/** How providers are checked. */
export const monitorSettingsSchema = z.strictObject({
  interval,
  timeout,
  concurrency: z.int().min(1, 'at least 1').max(4096, 'at most 4096'),
  jitter: z.number().min(0, 'at least 0').max(0.5, 'at most 0.5'),
})

/** How samples become a status. */
export const healthSettingsSchema = z.strictObject({
  failoverThreshold: rate,
  unhealthyAfter: count,
  healthyAfter: count,
  degradedSuccessRate: rate,
  degradedLatency: timeout,
  minSamples: count,
  latencyAlpha: z.number().gt(0, 'more than 0').max(1, 'at most 1'),
  successAlpha: z.number().gt(0, 'more than 0').max(1, 'at most 1'),
})

/** When a circuit opens, how long, and how it closes. */
export const breakerSettingsSchema = z.strictObject({
  failureThreshold: count,
  recoveryTimeout: openTime,
  halfOpenMaxCalls: count,
  successThreshold: count,
  window: durationSchema(SECOND, HOUR),
  minCalls: z.int().min(1, 'at least 1').max(10_000, 'at most 10000'),
  failureRate: z.number().gt(0, 'more than 0').max(1, 'at most 1'),
  slowCall: timeout.nullable(),
  slowCallRate: z.number().gt(0, 'more than 0').max(1, 'at most 1'),
  openGrowth: z.number().min(1, 'at least 1').max(10, 'at most 10'),
  maxOpen: openTime,
  openJitter: z.number().min(0, 'at least 0').max(0.5, 'at most 0.5'),
  quietReset: durationSchema(SECOND, 24 * HOUR),
  trialTimeout: durationSchema(SECOND, HOUR),
  rampUp: durationSchema(0, HOUR),
  rampStart: z.number().gt(0, 'more than 0').max(1, 'at most 1'),
})

/** How requests are retried and when panic rules. */
export const routingSettingsSchema = z.strictObject({
  panicThreshold: rate,
  maxAttempts: maxAttemptsSchema,
  retryBudget: rate,
  retryBudgetMin: z.int().min(0, 'at least 0').max(1_000, 'at most 1000'),
  firstTokenTimeout: timeout,
  stallTimeout: timeout,
})

/** How long history is kept. */
export const historySettingsSchema = z.strictObject({ raw: durationSchema(HOUR, 30 * 24 * HOUR) })

type Inheritable<Shape extends z.ZodRawShape> = {
  [Name in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Name]>>
}

/** The shape with every field optional and null allowed: both mean "inherit". Keys are kept, so the mapped type holds. */
function inheritable<Shape extends z.ZodRawShape>(shape: Shape) {
  const fields: object = Object.fromEntries(
    Object.entries(shape).map(([name, field]) => [name, (field as z.ZodType).nullish()]),
  )
  return z.strictObject(fields as Inheritable<Shape>)
}

/** A provider's own thresholds; a field that is null or missing inherits, and `slowCall: "off"` turns that trip off here. */
export const thresholdsSchema = z.strictObject({
  monitor: inheritable(monitorSettingsSchema.pick({ interval: true, timeout: true }).shape).optional(),
  health: inheritable(healthSettingsSchema.shape).optional(),
  breaker: inheritable({
    ...breakerSettingsSchema.shape,
    slowCall: z.union([timeout, z.literal('off')]),
  }).optional(),
})
export type Thresholds = z.infer<typeof thresholdsSchema>

/** What one set of thresholds must hold across its fields; used for the defaults and for each provider's merged set. */
type CrossChecked = {
  monitor: { interval: string; timeout: string }
  health: { failoverThreshold: number; degradedSuccessRate: number }
  breaker: { recoveryTimeout: string; maxOpen: string; halfOpenMaxCalls: number; successThreshold: number }
}

/** The complaints about fields that are fine alone but not together, each at the field to change. */
export function crossFieldErrors(values: CrossChecked): { path: string[]; message: string }[] {
  const errors: { path: string[]; message: string }[] = []
  const ms = (text: string) => parseDuration(text) ?? Number.NaN
  if (ms(values.monitor.timeout) > ms(values.monitor.interval)) {
    errors.push({
      path: ['monitor', 'timeout'],
      message: `at most the interval (${values.monitor.interval})`,
    })
  }
  if (ms(values.breaker.maxOpen) < ms(values.breaker.recoveryTimeout)) {
    errors.push({
      path: ['breaker', 'maxOpen'],
      message: `at least the recovery time-out (${values.breaker.recoveryTimeout})`,
    })
  }
  if (values.health.failoverThreshold > values.health.degradedSuccessRate) {
    errors.push({
      path: ['health', 'failoverThreshold'],
      message: `at most the degraded success rate (${values.health.degradedSuccessRate})`,
    })
  }
  return errors
}

const settingsShape = z.strictObject({
  monitor: monitorSettingsSchema,
  health: healthSettingsSchema,
  breaker: breakerSettingsSchema,
  routing: routingSettingsSchema,
  history: historySettingsSchema,
  alerts: alertSettingsSchema.default(DEFAULT_ALERT_SETTINGS),
  /** Each provider's own thresholds, by provider id, in the same version as the defaults. */
  providers: z.record(z.string(), thresholdsSchema),
})

/** All thresholds and defaults, with the providers' overrides. */
export const settingsSchema = settingsShape.superRefine((settings, context) => {
  for (const { path, message } of crossFieldErrors(settings))
    context.addIssue({ code: 'custom', path, message })
  for (const [id, thresholds] of Object.entries(settings.providers)) {
    for (const { path, message } of crossFieldErrors(mergeThresholds(settings, thresholds))) {
      context.addIssue({ code: 'custom', path: ['providers', id, ...path], message })
    }
  }
})
export type Settings = z.infer<typeof settingsSchema>

/** Settings with a provider's own fields laid over the defaults, field by field. */
export function mergeThresholds(
  settings: Pick<Settings, 'monitor' | 'health' | 'breaker'>,
  { monitor, health, breaker }: Thresholds,
): Pick<Settings, 'monitor' | 'health' | 'breaker'> {
  const { slowCall, ...restOfBreaker } = breaker ?? {}
  return {
    monitor: overlay(settings.monitor, monitor),
    health: overlay(settings.health, health),
    breaker: {
      ...overlay(settings.breaker, restOfBreaker),
      slowCall: slowCall === 'off' ? null : (slowCall ?? settings.breaker.slowCall),
    },
  }
}

/** `base` with those fields of `over` that are neither null nor undefined. */
function overlay<T extends object>(
  base: T,
  over: { [K in keyof T]?: T[K] | null | undefined } | undefined,
): T {
  const set = Object.entries(over ?? {}).filter(([, value]) => value !== null && value !== undefined)
  return { ...base, ...(Object.fromEntries(set) as Partial<T>) }
}

/** The thresholds of a new installation. */
export const DEFAULT_SETTINGS: Settings = {
  monitor: { interval: '30s', timeout: '10s', concurrency: 256, jitter: 0.1 },
  health: {
    failoverThreshold: 0.8,
    unhealthyAfter: 3,
    healthyAfter: 2,
    degradedSuccessRate: 0.95,
    degradedLatency: '3s',
    minSamples: 5,
    latencyAlpha: 0.2,
    successAlpha: 0.1,
  },
  breaker: {
    failureThreshold: 5,
    recoveryTimeout: '60s',
    halfOpenMaxCalls: 3,
    successThreshold: 2,
    window: '60s',
    minCalls: 10,
    failureRate: 0.5,
    slowCall: null,
    slowCallRate: 0.8,
    openGrowth: 2,
    maxOpen: '5m',
    openJitter: 0.1,
    quietReset: '10m',
    trialTimeout: '30s',
    rampUp: '60s',
    rampStart: 0.1,
  },
  routing: {
    panicThreshold: 0,
    maxAttempts: 3,
    retryBudget: 0.2,
    retryBudgetMin: 3,
    firstTokenTimeout: '30s',
    stallTimeout: '30s',
  },
  history: { raw: '48h' },
  alerts: DEFAULT_ALERT_SETTINGS,
  providers: {},
}

/** Settings as they are read: the version in force and who put it there. */
export const settingsVersionSchema = z.object({
  version: z.int(),
  at: z.iso.datetime(),
  actor: z.string(),
  reason: z.string().nullable(),
  settings: settingsShape,
  /** False while the change is in force but not yet on disk. */
  persisted: z.boolean(),
})
export type SettingsVersion = z.infer<typeof settingsVersionSchema>

/** Why an operator did something: required, one line. */
export const reasonSchema = z
  .string()
  .trim()
  .min(3, 'say why, in at least 3 characters')
  .max(200, 'at most 200 characters')

export const saveSettingsSchema = z.strictObject({
  settings: settingsSchema,
  expectedVersion: z.int(),
  reason: reasonSchema,
})
export const revertSettingsSchema = z.strictObject({
  version: z.int(),
  expectedVersion: z.int(),
  reason: reasonSchema,
})

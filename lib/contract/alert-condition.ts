import { z } from 'zod'
import type { AlertCondition, ConditionType } from '#lib/domain/alerts/condition.ts'
import { durationSchema, formatDuration, parseDuration } from './duration.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Counts are kept by the minute, for as long as the longest of these. */
const countedWindow = durationSchema(MINUTE_MS, 6 * HOUR_MS)
/** Latencies are kept for an hour. */
const latencyWindow = durationSchema(5 * MINUTE_MS, HOUR_MS)
const minSamples = z.int('a whole number').min(1, 'at least 1').max(1_000_000, 'at most 1000000')
const rate = z.number().gt(0, 'above 0').lt(1, 'below 1')

const burnWindow = z
  .strictObject({
    factor: z.number().min(1, 'at least 1').max(1_000, 'at most 1000'),
    long: countedWindow,
    short: countedWindow,
  })
  .refine(({ long, short }) => msOf(short) < msOf(long), {
    path: ['short'],
    error: 'shorter than the long window',
  })

/** What a rule looks for, as the API writes it: rates and shares 0–1, durations as text. */
export const alertConditionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('provider_unhealthy') }),
  z.strictObject({ type: z.literal('provider_degraded') }),
  z.strictObject({ type: z.literal('circuit_opened') }),
  z.strictObject({
    type: z.literal('circuit_flapping'),
    openings: z.int('a whole number').min(2, 'at least 2').max(100, 'at most 100'),
    window: durationSchema(MINUTE_MS, 24 * HOUR_MS),
  }),
  z.strictObject({ type: z.literal('success_rate'), below: rate, window: countedWindow, minSamples }),
  z.strictObject({
    type: z.literal('latency_p95'),
    above: durationSchema(1, 600_000),
    window: latencyWindow,
    minSamples,
  }),
  z.strictObject({
    type: z.literal('burn_rate'),
    objective: rate,
    windows: z.array(burnWindow).min(1, 'at least one').max(4, 'at most 4'),
    minSamples,
  }),
  z.strictObject({
    type: z.literal('route_members'),
    atMost: z.int('a whole number').min(0, 'at least 0').max(200, 'at most 200'),
  }),
  z.strictObject({ type: z.literal('no_traffic'), window: countedWindow }),
  z.strictObject({
    type: z.literal('probe_cost'),
    share: z.number().gt(0, 'above 0').max(10, 'at most 10'),
    of: z.enum(['spent', 'projected']),
  }),
  z.strictObject({ type: z.literal('override_ending'), within: durationSchema(MINUTE_MS, 24 * HOUR_MS) }),
  z.strictObject({ type: z.literal('monitor_impaired') }),
])
export type AlertConditionInput = z.infer<typeof alertConditionSchema>

/** A duration that a schema has accepted. */
const msOf = (text: string): number => parseDuration(text) ?? Number.NaN

type InputOf<T extends ConditionType> = Extract<AlertConditionInput, { type: T }>
type ConditionOf<T extends ConditionType> = Extract<AlertCondition, { type: T }>
type Forms = {
  readonly [T in ConditionType]: {
    read: (input: InputOf<T>) => ConditionOf<T>
    write: (condition: ConditionOf<T>) => InputOf<T>
  }
}

/** A condition that is written as it is kept. */
const asIs = <T>() => ({ read: (input: T) => input, write: (condition: T) => condition })

const FORMS: Forms = {
  provider_unhealthy: asIs(),
  provider_degraded: asIs(),
  circuit_opened: asIs(),
  circuit_flapping: {
    read: ({ window, ...rest }) => ({ ...rest, windowMs: msOf(window) }),
    write: ({ windowMs, ...rest }) => ({ ...rest, window: formatDuration(windowMs) }),
  },
  success_rate: {
    read: ({ window, ...rest }) => ({ ...rest, windowMs: msOf(window) }),
    write: ({ windowMs, ...rest }) => ({ ...rest, window: formatDuration(windowMs) }),
  },
  latency_p95: {
    read: ({ above, window, ...rest }) => ({ ...rest, aboveMs: msOf(above), windowMs: msOf(window) }),
    write: ({ aboveMs, windowMs, ...rest }) => ({
      ...rest,
      above: formatDuration(aboveMs),
      window: formatDuration(windowMs),
    }),
  },
  burn_rate: {
    read: ({ windows, ...rest }) => ({
      ...rest,
      windows: windows.map(({ factor, long, short }) => ({
        factor,
        longMs: msOf(long),
        shortMs: msOf(short),
      })),
    }),
    write: ({ windows, ...rest }) => ({
      ...rest,
      windows: windows.map(({ factor, longMs, shortMs }) => ({
        factor,
        long: formatDuration(longMs),
        short: formatDuration(shortMs),
      })),
    }),
  },
  route_members: asIs(),
  no_traffic: {
    read: ({ type, window }) => ({ type, windowMs: msOf(window) }),
    write: ({ type, windowMs }) => ({ type, window: formatDuration(windowMs) }),
  },
  probe_cost: asIs(),
  override_ending: {
    read: ({ type, within }) => ({ type, withinMs: msOf(within) }),
    write: ({ type, withinMs }) => ({ type, within: formatDuration(withinMs) }),
  },
  monitor_impaired: asIs(),
}

/** The condition that an accepted input stands for. */
export function conditionOfInput<T extends ConditionType>(input: InputOf<T> & { type: T }): AlertCondition {
  // The table pairs each type with its own forms, which an index by it cannot follow.
  const { read } = FORMS[input.type] as unknown as { read: (input: InputOf<T>) => AlertCondition }
  return read(input)
}

/** The condition as the API writes it. */
export function inputOfCondition(condition: AlertCondition): AlertConditionInput {
  const { write } = FORMS[condition.type] as unknown as {
    write: (condition: AlertCondition) => AlertConditionInput
  }
  return write(condition)
}

import { z } from 'zod'
import { alertSettingsSchema } from './alert-settings.ts'
import { durationBounds } from './duration.ts'
import {
  breakerSettingsSchema,
  healthSettingsSchema,
  historySettingsSchema,
  monitorSettingsSchema,
  routingSettingsSchema,
  type Settings,
} from './settings.ts'

/** What a field may hold, as its schema says it. `isNullable`: it can be turned off. */
export type Bounds =
  | { type: 'duration'; minMs: number; maxMs: number; isNullable: boolean }
  | {
      type: 'number'
      min: number
      max: number
      /** True when `min` itself is refused. */
      isAboveMin: boolean
      isInteger: boolean
      isNullable: boolean
    }

/** The bounds of a duration or number schema, read from the schema itself. Throws for a schema of another type. */
export function boundsOf(schema: z.ZodType): Bounds {
  const isNullable = schema instanceof z.ZodNullable || schema instanceof z.ZodOptional
  const inner = isNullable ? (schema.unwrap() as z.ZodType) : schema
  const duration = durationBounds.get(inner)
  if (duration) return { type: 'duration', ...duration, isNullable }
  const { minimum, exclusiveMinimum, maximum, type } = z.toJSONSchema(inner)
  const min = minimum ?? exclusiveMinimum
  if (typeof min !== 'number' || maximum === undefined)
    throw new TypeError('neither a duration nor a bounded number')
  return {
    type: 'number',
    min,
    max: maximum,
    isAboveMin: minimum === undefined,
    isInteger: type === 'integer',
    isNullable,
  }
}

const GROUPS = {
  monitor: monitorSettingsSchema.shape,
  health: healthSettingsSchema.shape,
  breaker: breakerSettingsSchema.shape,
  routing: routingSettingsSchema.shape,
  history: historySettingsSchema.shape,
  alerts: alertSettingsSchema.shape,
}
export type SettingsGroup = keyof typeof GROUPS

/** The path of one threshold: `breaker.failureThreshold`. */
export type SettingsPath = { [G in SettingsGroup]: `${G}.${keyof Settings[G] & string}` }[SettingsGroup]

/** Every threshold's path, group by group, in the schema's order. */
export const SETTINGS_PATHS: readonly SettingsPath[] = Object.entries(GROUPS).flatMap(([group, shape]) =>
  Object.keys(shape).map((name) => `${group}.${name}` as SettingsPath),
)

/** The bounds of one threshold. */
export function settingBounds(path: SettingsPath): Bounds {
  const [group = '', name = ''] = path.split('.')
  const shape: Record<string, z.ZodType> = GROUPS[group as SettingsGroup]
  const schema = shape[name]
  if (!schema) throw new TypeError(`no threshold ${path}`)
  return boundsOf(schema)
}

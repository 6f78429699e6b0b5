import { z } from 'zod'

/** The newest moment that still has an ISO form of four-digit years. */
const MAX_EPOCH_MS = 253_402_300_799_999

const isoTime = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const epochTime = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .refine((ms) => ms <= MAX_EPOCH_MS)

/** A moment: ISO-8601, or epoch ms; read as epoch ms. */
export const momentSchema = z
  .union([isoTime, epochTime], 'an ISO time such as 2026-01-31T12:00:00Z, or epoch milliseconds')
  .meta({ description: 'ISO-8601 time, or epoch milliseconds.', examples: ['2026-01-31T12:00:00Z'] })

/** `from` is included, `to` is not; the last hour by default. */
export const rangeShape = { from: momentSchema.optional(), to: momentSchema.optional() }

/** A whole number between two bounds, written in a query string. */
export const countSchema = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'a whole number')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `from ${min} to ${max}`)
    .meta({ description: `A whole number from ${min} to ${max}.`, examples: [String(max)] })

/** `cursor` is the last page's `nextCursor`. */
export const pageShape = { cursor: z.string().max(200).optional(), limit: countSchema(1, 500).optional() }

/** Yes or no, written in a query string. */
export const flagSchema = z
  .enum(['true', 'false'], 'true or false')
  .transform((text) => text === 'true')
  .optional()

/** A comma-separated list of some of `values`. */
export const listOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.enum(values, `a comma-separated list of ${values.join(', ')}`)).min(1))
    .meta({ description: `A comma-separated list of ${values.join(', ')}.`, examples: [values[0]] })

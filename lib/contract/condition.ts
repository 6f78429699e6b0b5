import { z } from 'zod'

const tokens = z.int('a whole number').min(1, 'at least 1').max(100_000_000)
/** A name or value of one line. */
export const wordSchema = z.string().trim().min(1, 'must not be empty').max(200, 'at most 200 characters')
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time from 00:00 to 23:59')
const zone = z.string().refine(isZone, 'an IANA time zone, such as Europe/Berlin')

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const pattern = z
  .string()
  .min(1)
  .max(200, 'at most 200 characters')
  .refine(isPattern, 'not a regular expression')

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== ''
  } catch {
    return false
  }
}

/** Exactly one of `equals` and `matches`, beside the name of what is tested. */
const textTest = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.union(
    [
      z.strictObject({ ...shape, equals: z.string().max(500, 'at most 500 characters') }),
      z.strictObject({ ...shape, matches: pattern }),
    ],
    'give either equals or matches',
  )

/** What a request must be for a rule to apply: all that is set must hold. */
export const conditionSchema = z
  .strictObject({
    model: wordSchema.optional(),
    modelPrefix: wordSchema.optional(),
    region: wordSchema.optional(),
    minRequestBytes: z.int('a whole number').min(1, 'at least 1').optional(),
    minTokens: tokens.optional(),
    time: z.strictObject({ from: timeOfDay, to: timeOfDay, zone }).optional(),
    header: textTest({ name: wordSchema.toLowerCase() }).optional(),
    metadata: textTest({ key: wordSchema }).optional(),
    user: wordSchema.optional(),
  })
  .refine((when) => Object.values(when).some((value) => value !== undefined), 'name at least one condition')

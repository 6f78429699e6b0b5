import { z } from 'zod'
import { createRuleSchema } from './alert-rule.ts'
import { subjectViewSchema } from './incident.ts'

/** A rule that is not saved yet, and over how many days it is to be tried. */
export const backTestSchema = z.strictObject({
  rule: createRuleSchema,
  days: z.int('a whole number').min(1, 'at least 1').max(30, 'at most 30').default(7),
})
export type BackTestInput = z.infer<typeof backTestSchema>

/** What a rule would have done over what was recorded. Silences, inhibition and grouping are not asked. */
export const backTestResultSchema = z.object({
  /** False where what the rule looks at is not recorded; `reason` says why. */
  testable: z.boolean(),
  reason: z.string().nullable(),
  /** The stretch of the record that was looked at. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** How many providers or circuits the rule covers, and how many of them were tried: the work is bounded. */
  subjects: z.object({ covered: z.int(), tested: z.int() }),
  /** How often it would have fired. */
  count: z.int(),
  /** The first 200 times. `resolvedAt` null: it would fire still. */
  firings: z.array(
    z.object({
      subject: subjectViewSchema,
      firedAt: z.iso.datetime(),
      resolvedAt: z.iso.datetime().nullable(),
      lastedMs: z.int(),
      sentence: z.string(),
    }),
  ),
})
export type BackTestResult = z.infer<typeof backTestResultSchema>

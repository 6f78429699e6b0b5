import { z } from 'zod'
import { reasonSchema } from '#lib/contract/settings.ts'

/** What every deletion takes and answers: a reason, where there is one, and whether it is on the disk. */
export const deletion = {
  method: 'DELETE',
  body: z.strictObject({ reason: reasonSchema.optional() }),
  bodyOptional: true,
  answer: z.object({ persisted: z.boolean() }),
  mayBePending: true,
  errors: ['not_found'],
} as const

import { z } from 'zod'
import { checkSchema } from '#lib/contract/check.ts'
import { coolingEventSchema, overrideEventSchema, transitionSchema } from '#lib/contract/circuit.ts'
import { EXPORT_FORMATS, EXPORT_RESOLUTIONS, exportedBucketSchema } from '#lib/contract/export.ts'
import { OUTCOME_CLASSES, OUTCOME_SOURCES } from '#lib/domain/outcome.ts'
import { operation } from '../operation.ts'
import { rangeShape } from './queries.ts'

const asked = {
  ...rangeShape,
  format: z
    .enum(EXPORT_FORMATS, 'csv or json')
    .default('csv')
    .meta({ description: 'A table for spreadsheets, or a list.' }),
  providerId: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Only of this provider; without it of all there are.', examples: ['openai-prod'] }),
}
const source = z.enum(OUTCOME_SOURCES).optional()
const file = {
  method: 'GET',
  tag: 'data',
  alsoAs: ['text/csv'],
  errors: ['not_found'],
} as const

export const exportChecks = operation({
  ...file,
  path: '/api/export/checks',
  access: 'console.read',
  summary: 'The check log as a file, provider by provider, newest first.',
  query: z.object({ ...asked, source, class: z.enum(OUTCOME_CLASSES).optional() }),
  answer: z.array(checkSchema),
})

export const exportHistory = operation({
  ...file,
  path: '/api/export/history',
  access: 'console.read',
  summary: 'Counts, classes and latency in buckets as a file, provider by provider, oldest first.',
  query: z.object({
    ...asked,
    source,
    model: z.string().max(200).optional(),
    resolution: z
      .enum(Object.keys(EXPORT_RESOLUTIONS) as (keyof typeof EXPORT_RESOLUTIONS)[])
      .optional()
      .meta({ description: 'The width of a bucket; without it as a chart of the range has it.' }),
  }),
  answer: z.array(exportedBucketSchema),
})

export const exportTransitions = operation({
  ...file,
  path: '/api/export/transitions',
  access: 'console.read',
  summary: 'Transitions, overrides and coolings as a file, newest first.',
  query: z.object(asked),
  answer: z.array(z.discriminatedUnion('kind', [transitionSchema, overrideEventSchema, coolingEventSchema])),
})

import { z } from 'zod'
import { auditEntrySchema, entityFilterSchema } from '#lib/contract/audit.ts'
import { pageOf } from '#lib/contract/check.ts'
import { EXPORT_FORMATS } from '#lib/contract/export.ts'
import { AUDIT_OUTCOMES } from '#lib/domain/audit.ts'
import { operation } from '../operation.ts'
import { pageShape, rangeShape } from './queries.ts'

const text = z.string().min(1).max(200).optional()

const asked = {
  ...rangeShape,
  actor: text.meta({ description: 'A name, or an actor’s id.', examples: ['ops-1', 'user:u1'] }),
  action: text.meta({
    description: 'An action, or the word before its dot for all of its kind.',
    examples: ['circuit.force', 'sign-in'],
  }),
  entity: entityFilterSchema
    .optional()
    .meta({ description: 'What it is about.', examples: ['provider:openai-prod', 'settings'] }),
  outcome: z.enum(AUDIT_OUTCOMES).optional(),
  q: text.meta({ description: 'Words that are found anywhere in it.', examples: ['maintenance'] }),
}

export const readAudit = operation({
  method: 'GET',
  path: '/api/audit',
  access: 'audit.read',
  tag: 'audit',
  summary: 'Who did or tried what, newest first; from the first entry ever unless a time is given.',
  query: z.object({ ...asked, ...pageShape }),
  answer: pageOf(auditEntrySchema),
})

export const exportAudit = operation({
  method: 'GET',
  path: '/api/export/audit',
  access: 'audit.read',
  tag: 'audit',
  summary: 'The audit as a file, newest first, with every entry’s hash.',
  alsoAs: ['text/csv'],
  query: z.object({
    ...asked,
    format: z
      .enum(EXPORT_FORMATS, 'csv or json')
      .default('csv')
      .meta({ description: 'A table for spreadsheets, or a list.' }),
  }),
  answer: z.array(auditEntrySchema),
})

import { z } from 'zod'
import { pageOf } from '#lib/contract/check.ts'
import { incidentRowSchema } from '#lib/contract/incident-row.ts'
import {
  acknowledgeSchema,
  incidentChangedSchema,
  incidentDetailSchema,
  incidentNoteSchema,
} from '#lib/contract/incident.ts'
import { operation } from '../operation.ts'
import { pageShape, rangeShape } from './queries.ts'

const params = z.object({ id: z.string().meta({ description: "The incident's id." }) })

export const readOpenIncidents = operation({
  method: 'GET',
  path: '/api/alerts/incidents/open',
  access: 'console.read',
  tag: 'alerts',
  summary: 'Incidents that are not over, those that fire first.',
  query: z.object(pageShape),
  answer: pageOf(incidentRowSchema),
})

export const readIncidents = operation({
  method: 'GET',
  path: '/api/alerts/incidents',
  access: 'console.read',
  tag: 'alerts',
  summary: 'Incidents by when they began, newest first; of the last 30 days unless a time is given.',
  query: z.object({
    state: z.enum(['open', 'resolved']).optional(),
    providerId: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'Only those with an alert about it.', examples: ['openai-prod'] }),
    ...rangeShape,
    ...pageShape,
  }),
  answer: pageOf(incidentRowSchema),
})

export const readIncident = operation({
  method: 'GET',
  path: '/api/alerts/incidents/{id}',
  access: 'console.read',
  tag: 'alerts',
  summary:
    'One incident with its story: alerts, notifications, acknowledgements, notes, what was done meanwhile.',
  params,
  answer: incidentDetailSchema,
  errors: ['not_found'],
})

export const acknowledgeIncident = operation({
  method: 'POST',
  path: '/api/alerts/incidents/{id}/ack',
  access: 'incidents.command',
  tag: 'alerts',
  summary: 'Says that somebody has seen it: it is not repeated any more.',
  params,
  body: acknowledgeSchema,
  bodyOptional: true,
  answer: incidentChangedSchema,
  mayBePending: true,
  errors: ['not_found', 'conflict'],
})

export const noteIncident = operation({
  method: 'POST',
  path: '/api/alerts/incidents/{id}/notes',
  access: 'incidents.command',
  tag: 'alerts',
  summary: "Writes a note to an incident's story, also after its end.",
  params,
  body: incidentNoteSchema,
  answer: incidentChangedSchema,
  mayBePending: true,
  errors: ['not_found'],
})

export const exportIncident = operation({
  method: 'GET',
  path: '/api/alerts/incidents/{id}/export',
  access: 'console.read',
  tag: 'alerts',
  summary: 'The beginnings of a post-mortem, as Markdown.',
  params,
  answerType: 'text/plain',
  answer: z.string(),
  errors: ['not_found'],
})

import { z } from 'zod'
import { fleetEventSchema } from '#lib/contract/circuit.ts'
import { pageOf } from '#lib/contract/check.ts'
import { reportedMarkerSchema, reportMarkerSchema } from '#lib/contract/marker.ts'
import {
  monitorSchema,
  recentSchema,
  runRoundResultSchema,
  selfHealthSchema,
  streamEventSchema,
} from '#lib/contract/monitor.ts'
import { operation } from '../operation.ts'
import { listOf, pageShape, rangeShape } from './queries.ts'

const EVENT_KINDS = ['transition', 'override', 'cooling', 'action', 'marker'] as const

export const readHealth = operation({
  method: 'GET',
  path: '/api/health',
  access: 'everyone',
  tag: 'self',
  summary: 'How Switchyard itself is. Always 200 while the process lives; impaired never means "restart me".',
  answer: selfHealthSchema,
  limit: null,
})

export const readReadiness = operation({
  method: 'GET',
  path: '/api/health/ready',
  access: 'everyone',
  tag: 'self',
  summary: 'Whether it takes requests: 503 while starting or stopping.',
  answer: z.object({ status: z.enum(['starting', 'ready', 'stopping']) }),
  limit: null,
})

export const readOpenApi = operation({
  method: 'GET',
  path: '/api/openapi.json',
  access: 'console.read',
  tag: 'self',
  summary: 'This document.',
  answer: z.record(z.string(), z.unknown()),
})

export const readMetrics = operation({
  method: 'GET',
  path: '/api/metrics',
  access: 'metrics.read',
  tag: 'self',
  summary:
    'Figures for a monitoring system, in the text format of Prometheus, or as OpenMetrics where `Accept` prefers it.',
  answer: z.string(),
  answerType: 'text/plain',
  alsoAs: ['application/openmetrics-text'],
})

export const readMonitor = operation({
  method: 'GET',
  path: '/api/monitor',
  access: 'console.read',
  tag: 'monitor',
  summary: 'The whole fleet at one moment.',
  answer: monitorSchema,
})

export const readRecent = operation({
  method: 'GET',
  path: '/api/monitor/recent',
  access: 'console.read',
  tag: 'monitor',
  summary: 'The last 60 checks of each of the asked providers.',
  query: z.object({
    ids: z
      .string('a comma-separated list of provider ids')
      .transform((text) => [...new Set(text.split(',').map((id) => id.trim()))].filter((id) => id !== ''))
      .pipe(z.array(z.string()).min(1, 'at least one provider id').max(100, 'at most 100 provider ids'))
      .meta({
        description: 'Comma-separated provider ids, at most 100.',
        examples: ['openai-prod,local-ollama'],
      }),
  }),
  answer: recentSchema,
})

export const streamMonitor = operation({
  method: 'GET',
  path: '/api/monitor/stream',
  access: 'console.read',
  tag: 'monitor',
  limit: null,
  summary: 'Server-sent events: what changes, as it changes. `Last-Event-ID` resumes.',
  query: z.object({
    lastEventId: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'As the header, for clients that cannot set it.' }),
  }),
  answer: streamEventSchema,
  answerType: 'text/event-stream',
})

export const runMonitor = operation({
  method: 'POST',
  path: '/api/monitor/run',
  access: 'checks.run',
  tag: 'monitor',
  summary: 'Runs one round of checks: those that are due, or all.',
  body: z.strictObject({ all: z.boolean().optional() }),
  bodyOptional: true,
  answer: runRoundResultSchema,
})

export const readEvents = operation({
  method: 'GET',
  path: '/api/events',
  access: 'console.read',
  tag: 'monitor',
  summary: 'What happened in the whole fleet, newest first; `initial` is what held when the range began.',
  query: z.object({
    ...rangeShape,
    ...pageShape,
    kinds: listOf(EVENT_KINDS).optional(),
    providerId: z
      .string()
      .max(200)
      .optional()
      .meta({
        description: 'Only what happened to this provider, and what concerns no provider alone.',
        examples: ['openai-prod'],
      }),
  }),
  answer: pageOf(fleetEventSchema).extend({ initial: z.array(fleetEventSchema) }),
  errors: ['not_found'],
})

export const reportMarker = operation({
  method: 'POST',
  path: '/api/events',
  access: 'markers.write',
  tag: 'monitor',
  summary: 'Marks on the charts that something happened elsewhere, such as a deployment.',
  body: reportMarkerSchema,
  answer: reportedMarkerSchema,
  status: 201,
  mayBePending: true,
  idempotent: true,
})

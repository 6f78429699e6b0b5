import { z } from 'zod'
import { pageOf } from '#lib/contract/check.ts'
import {
  decisionCountSchema,
  decisionSchema,
  routingStateSchema,
  selectSchema,
} from '#lib/contract/decision.ts'
import { operation } from '../operation.ts'
import { flagSchema, pageShape } from './queries.ts'

export const readRouting = operation({
  method: 'GET',
  path: '/api/routing',
  access: 'console.read',
  tag: 'routing',
  summary: 'How every route stands: who is eligible, and who had which share of the last hour.',
  answer: routingStateSchema,
})

export const selectProvider = operation({
  method: 'POST',
  path: '/api/routes/{name}/select',
  access: 'routes.simulate',
  tag: 'routing',
  limit: null,
  summary:
    'Chooses a provider for a request that the caller carries itself; the permit goes back with the outcome.',
  params: z.object({
    name: z.string().meta({ description: "The route's name.", examples: ['chat'] }),
  }),
  body: selectSchema,
  answer: decisionSchema,
  errors: ['not_found'],
})

export const readDecisions = operation({
  method: 'GET',
  path: '/api/decisions',
  access: 'console.read',
  tag: 'routing',
  summary: 'Decisions with their attempts, newest first: all of the last moment, a sample of the last 48 h.',
  query: z.object({
    ...pageShape,
    route: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'Only on this route.', examples: ['chat'] }),
    providerId: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'Only those that chose or tried it.', examples: ['openai-prod'] }),
    failed: flagSchema.meta({
      description: 'Only those whose client got no good answer, or only the others.',
    }),
  }),
  answer: pageOf(decisionSchema),
})

export const readDecision = operation({
  method: 'GET',
  path: '/api/decisions/{id}',
  access: 'console.read',
  tag: 'routing',
  summary: 'One decision, by its id or by the id of the request that the client was given.',
  params: z.object({
    id: z.string().max(200).meta({ description: 'The id of a decision or of a request.' }),
  }),
  answer: decisionSchema,
  errors: ['not_found'],
})

export const readDecisionCounts = operation({
  method: 'GET',
  path: '/api/decisions/counts',
  access: 'console.read',
  tag: 'routing',
  summary: 'How often each reason chose each provider on each route, ever.',
  query: z.object(pageShape),
  answer: pageOf(decisionCountSchema),
})

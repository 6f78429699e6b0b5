import { z } from 'zod'
import { checkSchema, historySchema, pageOf } from '#lib/contract/check.ts'
import { providerDetailSchema } from '#lib/contract/monitor.ts'
import { createProviderSchema, patchProviderSchema, providerConfigSchema } from '#lib/contract/provider.ts'
import { OUTCOME_CLASSES, OUTCOME_SOURCES } from '#lib/domain/outcome.ts'
import { operation } from '../operation.ts'
import { deletion } from './deletion.ts'
import { countSchema, pageShape, rangeShape } from './queries.ts'

const params = z.object({
  id: z.string().meta({ description: "The provider's id.", examples: ['openai-prod'] }),
})
const source = z.enum(OUTCOME_SOURCES).optional()
const changed = z.object({ provider: providerConfigSchema, persisted: z.boolean() })

export const readProviders = operation({
  method: 'GET',
  path: '/api/providers',
  access: 'console.read',
  tag: 'providers',
  summary: 'All providers as they are configured, without secrets.',
  query: z.object(pageShape),
  answer: pageOf(providerConfigSchema),
})

export const createProvider = operation({
  method: 'POST',
  path: '/api/providers',
  access: 'providers.write',
  tag: 'providers',
  summary: 'Adds a provider; its checks begin at once.',
  body: createProviderSchema,
  answer: changed,
  status: 201,
  mayBePending: true,
  idempotent: true,
  errors: ['conflict'],
})

export const readProvider = operation({
  method: 'GET',
  path: '/api/providers/{id}',
  access: 'console.read',
  tag: 'providers',
  summary: 'One provider, whole: configuration, state and the thresholds in force.',
  params,
  answer: providerDetailSchema,
  errors: ['not_found'],
})

export const updateProvider = operation({
  method: 'PATCH',
  path: '/api/providers/{id}',
  access: 'providers.write',
  tag: 'providers',
  summary: 'Changes the given fields of a provider.',
  params,
  body: patchProviderSchema,
  answer: changed,
  mayBePending: true,
  errors: ['not_found', 'conflict'],
})

export const deleteProvider = operation({
  ...deletion,
  path: '/api/providers/{id}',
  access: 'providers.write',
  tag: 'providers',
  summary: 'Removes a provider; its history stays under its id.',
  params,
})

export const checkProvider = operation({
  method: 'POST',
  path: '/api/providers/{id}/check',
  access: 'checks.run',
  tag: 'providers',
  summary: 'Checks a provider now, whatever the state of its circuit.',
  params,
  body: z.strictObject({}),
  bodyOptional: true,
  answer: checkSchema,
  errors: ['not_found'],
})

export const readChecks = operation({
  method: 'GET',
  path: '/api/providers/{id}/checks',
  access: 'console.read',
  tag: 'providers',
  summary: 'The check log, newest first.',
  params,
  query: z.object({ ...rangeShape, ...pageShape, class: z.enum(OUTCOME_CLASSES).optional(), source }),
  answer: pageOf(checkSchema),
  errors: ['not_found'],
})

export const readHistory = operation({
  method: 'GET',
  path: '/api/providers/{id}/history',
  access: 'console.read',
  tag: 'providers',
  summary: 'Counts, classes and latency in buckets; empty buckets are left out.',
  params,
  query: z.object({
    ...rangeShape,
    points: countSchema(1, 2_000).optional(),
    source,
    model: z.string().max(200).optional(),
  }),
  answer: historySchema,
  errors: ['not_found'],
})

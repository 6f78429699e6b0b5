import { z } from 'zod'
import { PROBE_TYPES, PROVIDER_KINDS } from '#lib/domain/provider.ts'
import { baseUrlSchema } from './base-url.ts'
import { nameSchema } from './name.ts'
import { thresholdsSchema } from './settings.ts'

/** A provider's or model's id: lower-case words joined by hyphens, also usable in a path. */
export const idSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/,
    'lower-case letters, digits, dots, hyphens and underscores, 1 to 64',
  )

const price = z.number().min(0, 'at least 0').max(100_000, 'at most 100000')
const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'not a header name')
const headerValue = z
  .string()
  .max(4_096)
  // What a masked secret is read as comes back unchanged, and then keeps the value behind it.
  .regex(/^(?:••••|[\t\x20-\x7e]*)$/, 'printable ASCII only')

/** A provider's part in shared-out traffic. */
export const weightSchema = z.number().min(0, 'at least 0').max(1_000, 'at most 1000')
/** A provider's place in a failover; lower comes first. */
export const prioritySchema = z.int().min(0, 'at least 0').max(1_000, 'at most 1000')

/** How a provider is checked; what is left out takes the kind's default. */
export const probeSchema = z.strictObject({
  type: z.enum(PROBE_TYPES),
  model: z.string().trim().min(1).max(200).nullish(),
  path: z
    .string()
    .regex(/^\/\S*$/, 'starts with /')
    .max(500)
    .nullish(),
  expectStatus: z.int().min(100).max(599).nullish(),
  dailyBudgetUsd: z.number().min(0, 'at least 0').max(10_000, 'at most 10000').nullish(),
  skipWhenTrafficProves: z.boolean().optional(),
})

export const providerModelSchema = z.strictObject({
  name: z.string().trim().min(1, 'write a model name').max(200),
  alias: z.string().trim().min(1).max(200).nullish(),
  priceIn: price.nullish(),
  priceOut: price.nullish(),
})

/** Where a secret is found each time it is used: a variable or a file of the machine. */
export const keyReferenceSchema = z
  .string()
  .regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/, 'env:NAME or file:PATH')
  .max(500)

/** A key travels in a header, which takes nothing else. */
const apiKey = z
  .string()
  .trim()
  .min(1, 'write a key')
  .max(4_096, 'at most 4096 characters')
  .regex(/^[\x20-\x7e]*$/, 'printable ASCII only')

const kind = z.enum(PROVIDER_KINDS)
const degrees = (most: number) => z.number().min(-most, `at least ${-most}`).max(most, `at most ${most}`)

/** What may be left out when a provider is made, and is left alone when one is changed and it is not given. */
const optionalFields = {
  baseUrl: baseUrlSchema.optional(),
  apiKey: apiKey.nullish(),
  apiKeyRef: keyReferenceSchema.nullish(),
  headers: z.record(headerName, headerValue).optional(),
  apiVersion: z.string().trim().min(1).max(50).nullish(),
  region: z.string().trim().min(1).max(50).nullish(),
  coordinates: z.tuple([degrees(90), degrees(180)]).nullish(),
  models: z.array(providerModelSchema).max(500).optional(),
  tags: z.array(z.string().trim().min(1).max(50)).max(20).optional(),
  enabled: z.boolean().optional(),
  weight: weightSchema.optional(),
  priority: prioritySchema.optional(),
  maxConcurrency: z.int().min(1, 'at least 1').max(100_000).nullish(),
  probe: probeSchema.nullish(),
  thresholds: thresholdsSchema.optional(),
}

const oneKey = (value: { apiKey?: unknown; apiKeyRef?: unknown }) => !(value.apiKey && value.apiKeyRef)
const oneKeyIssue = { path: ['apiKeyRef'], message: 'give either a key or a reference to one, not both' }

/** A new provider. `kind` gives defaults for what is left out. */
export const createProviderSchema = z
  .strictObject({ id: idSchema.optional(), name: nameSchema, kind, ...optionalFields })
  .refine(oneKey, oneKeyIssue)
export type CreateProvider = z.infer<typeof createProviderSchema>

/** A change of a provider: only the fields given change; null clears; a stale `expectedVersion` is refused. */
export const patchProviderSchema = z
  .strictObject({
    expectedVersion: z.int(),
    name: nameSchema.optional(),
    kind: kind.optional(),
    ...optionalFields,
  })
  .refine(oneKey, oneKeyIssue)
export type PatchProvider = z.infer<typeof patchProviderSchema>

/** A provider as it is read: its configuration without secrets. */
export const providerConfigSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(PROVIDER_KINDS),
  baseUrl: z.string(),
  hasApiKey: z.boolean(),
  apiKeyLast4: z.string().nullable(),
  apiKeyRef: z.string().nullable(),
  /** Header names with their values; values of headers that look secret are masked. */
  headers: z.record(z.string(), z.string()),
  apiVersion: z.string().nullable(),
  region: z.string().nullable(),
  coordinates: z.tuple([z.number(), z.number()]).nullable(),
  models: z.array(
    z.object({
      name: z.string(),
      alias: z.string().nullable(),
      priceIn: z.number().nullable(),
      priceOut: z.number().nullable(),
    }),
  ),
  tags: z.array(z.string()),
  enabled: z.boolean(),
  weight: z.number(),
  priority: z.int(),
  maxConcurrency: z.int().nullable(),
  probe: z.object({
    type: z.enum(PROBE_TYPES),
    model: z.string().nullable(),
    path: z.string().nullable(),
    expectStatus: z.int().nullable(),
    dailyBudgetUsd: z.number().nullable(),
    skipWhenTrafficProves: z.boolean(),
  }),
  /** This provider's own thresholds, as they stand in the settings in force. */
  thresholds: thresholdsSchema,
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type ProviderConfig = z.infer<typeof providerConfigSchema>

import { z } from 'zod'
import type { Prisma, Provider as ProviderRow } from '#prisma/generated/client.ts'
import { PROBE_TYPES, PROVIDER_KINDS, type Provider } from '#lib/domain/provider.ts'
import { json, jsonOrNull, storedTime, timeValue } from './stored-values.ts'

/** A secret as it is kept: none, sealed, or where it is found. */
export const keySourceSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('none') }),
  z.object({ type: z.literal('sealed'), sealed: z.string(), last4: z.string() }),
  z.object({ type: z.literal('reference'), reference: z.string() }),
])

const modelSchema = z.object({
  name: z.string(),
  alias: z.string().nullable(),
  priceIn: z.number().nullable(),
  priceOut: z.number().nullable(),
})

const probeSchema = z.object({
  type: z.enum(PROBE_TYPES),
  model: z.string().nullable(),
  path: z.string().nullable(),
  expectStatus: z.int().nullable(),
  dailyBudgetUsd: z.number().nullable(),
  skipWhenTrafficProves: z.boolean(),
})

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(PROVIDER_KINDS),
  baseUrl: z.string(),
  key: keySourceSchema,
  headers: z.record(z.string(), z.string()),
  apiVersion: z.string().nullable(),
  region: z.string().nullable(),
  coordinates: z.tuple([z.number(), z.number()]).nullable(),
  models: z.array(modelSchema),
  tags: z.array(z.string()),
  enabled: z.boolean(),
  weight: z.number(),
  priority: z.int(),
  maxConcurrency: z.int().nullable(),
  probe: probeSchema,
  version: z.int(),
  createdAt: storedTime,
  updatedAt: storedTime,
})

/** A provider as its row. */
export const providerRow = (provider: Provider): Prisma.ProviderCreateInput => ({
  ...provider,
  key: json(provider.key),
  headers: json(provider.headers),
  coordinates: jsonOrNull(provider.coordinates),
  models: json(provider.models),
  tags: json(provider.tags),
  probe: json(provider.probe),
  createdAt: timeValue(provider.createdAt),
  updatedAt: timeValue(provider.updatedAt),
})

/** The provider that a row stands for. Throws when the row is not one. */
export const providerOfRow = (row: ProviderRow): Provider => rowSchema.parse(row)

import { z } from 'zod'
import { nameSchema } from './name.ts'

const limit = z.int('a whole number').min(1, 'at least 1').max(1_000_000_000, 'at most 1000000000')

/** A new key for an application that calls the gateway. */
export const createClientKeySchema = z.strictObject({
  name: nameSchema,
  /** Null or missing: every route. */
  routes: z.array(z.string()).min(1, 'choose at least one route').max(100).nullish(),
  requestsPerMinute: limit.nullish(),
  tokensPerMinute: limit.nullish(),
})
export type CreateClientKey = z.infer<typeof createClientKeySchema>

/** A key as it is read: the key itself is shown once, when it is made. */
export const clientKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The key's first characters, by which its owner knows it. */
  prefix: z.string(),
  routes: z.array(z.string()).nullable(),
  requestsPerMinute: z.int().nullable(),
  tokensPerMinute: z.int().nullable(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
})
export type ClientKeyView = z.infer<typeof clientKeySchema>

/** The answer to making a key: the only time that `key` is told. */
export const createdClientKeySchema = z.object({
  clientKey: clientKeySchema,
  key: z.string(),
  persisted: z.boolean(),
})

import { z } from 'zod'
import { SCOPE_PERMISSIONS, type Scope } from '#lib/domain/access/roles.ts'
import { nameSchema } from './name.ts'

export const SCOPES = Object.keys(SCOPE_PERMISSIONS) as [Scope, ...Scope[]]
const scopes = z.array(z.enum(SCOPES, `one of ${SCOPES.join(', ')}`))

/** A new key for a machine that calls the API. */
export const createApiKeySchema = z.strictObject({
  name: nameSchema,
  scopes: scopes.min(1, 'choose at least one purpose').max(SCOPES.length),
  /** From when on it is refused; null or missing: never. */
  expiresAt: z.iso.datetime('a date and time').nullish(),
})
export type CreateApiKey = z.infer<typeof createApiKeySchema>

/** A key as it is read: the key itself is shown once, when it is made. */
export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The key's first characters, by which its owner knows it. */
  prefix: z.string(),
  scopes,
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
})
export type ApiKeyView = z.infer<typeof apiKeySchema>

/** The answer to making a key: the only time that `key` is told. */
export const createdApiKeySchema = z.object({
  apiKey: apiKeySchema,
  key: z.string(),
  persisted: z.boolean(),
})

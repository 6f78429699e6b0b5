import { z } from 'zod'
import type { ApiKey as ApiKeyRow, Prisma } from '#prisma/generated/client.ts'
import { SCOPE_PERMISSIONS, type Scope } from '#lib/domain/access/roles.ts'
import type { ApiKey } from '#lib/services/records.ts'
import { json, storedTime, storedTimeOrNull, timeValue } from './stored-values.ts'

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  prefix: z.string(),
  scopes: z.array(z.enum(Object.keys(SCOPE_PERMISSIONS) as Scope[])),
  createdBy: z.string(),
  createdAt: storedTime,
  expiresAt: storedTimeOrNull,
  lastUsedAt: storedTimeOrNull,
})

/** An API key as its row. */
export const apiKeyRow = (key: ApiKey): Prisma.ApiKeyCreateInput => ({
  ...key,
  scopes: json(key.scopes),
  createdAt: timeValue(key.createdAt),
  expiresAt: key.expiresAt === null ? null : timeValue(key.expiresAt),
  lastUsedAt: key.lastUsedAt === null ? null : timeValue(key.lastUsedAt),
})

/** The API key that a row stands for. Throws when the row is not one. */
export const apiKeyOfRow = (row: ApiKeyRow): ApiKey => rowSchema.parse(row)

import { z } from 'zod'
import type { ClientKey as ClientKeyRow, Prisma } from '#prisma/generated/client.ts'
import type { ClientKey } from '#lib/services/records.ts'
import { jsonOrNull, storedTime, storedTimeOrNull, timeValue } from './stored-values.ts'

const limitSchema = z.int().min(1).nullable()

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  prefix: z.string(),
  routes: z.array(z.string()).nullable(),
  requestsPerMinute: limitSchema,
  tokensPerMinute: limitSchema,
  createdAt: storedTime,
  lastUsedAt: storedTimeOrNull,
})

/** A client key as its row. */
export const clientKeyRow = (key: ClientKey): Prisma.ClientKeyCreateInput => ({
  ...key,
  routes: jsonOrNull(key.routes),
  createdAt: timeValue(key.createdAt),
  lastUsedAt: key.lastUsedAt === null ? null : timeValue(key.lastUsedAt),
})

/** The client key that a row stands for. Throws when the row is not one. */
export const clientKeyOfRow = (row: ClientKeyRow): ClientKey => rowSchema.parse(row)

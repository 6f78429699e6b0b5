import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { pageOfList } from '#lib/server/page-of-list.ts'
import { readApiKeys } from '#lib/services/access/api-keys.ts'
import { createApiKey } from '#lib/services/access/create-api-key.ts'

export const GET = handle(operations.readApiKeys, ({ engine, query }) =>
  pageOfList(readApiKeys(engine), { ...query, keyOf: ({ id }) => id }),
)

export const POST = handle(operations.createApiKey, ({ engine, body, author }) =>
  createApiKey(engine, body, author),
)

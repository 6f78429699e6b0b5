import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { pageOfList } from '#lib/server/page-of-list.ts'
import { readClientKeys } from '#lib/services/routing/client-keys.ts'
import { createClientKey } from '#lib/services/routing/create-client-key.ts'

export const GET = handle(operations.readClientKeys, ({ engine, query }) =>
  pageOfList(readClientKeys(engine), { ...query, keyOf: ({ id }) => id }),
)

export const POST = handle(operations.createClientKey, ({ engine, body, author }) =>
  createClientKey(engine, body, author),
)

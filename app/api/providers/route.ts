import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { pageOfList } from '#lib/server/page-of-list.ts'
import { createProvider } from '#lib/services/create-provider.ts'
import { readProviders } from '#lib/services/read-providers.ts'

export const GET = handle(operations.readProviders, ({ engine, query }) =>
  pageOfList(readProviders(engine), { ...query, keyOf: ({ id }) => id }),
)

export const POST = handle(operations.createProvider, ({ engine, body, author }) =>
  createProvider(engine, body, author),
)

import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { pageOfList } from '#lib/server/page-of-list.ts'
import { readCircuits } from '#lib/services/read-circuits.ts'

export const GET = handle(operations.readCircuits, ({ engine, query }) =>
  pageOfList(readCircuits(engine), {
    ...query,
    keyOf: ({ providerId, model }) => (model === null ? providerId : `${providerId}/${model}`),
  }),
)

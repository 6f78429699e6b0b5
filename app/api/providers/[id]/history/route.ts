import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readHistory } from '#lib/services/read-history.ts'

export const GET = handle(operations.readHistory, ({ engine, params, query }) =>
  readHistory(engine, { ...query, providerId: params.id }),
)

import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readChecks } from '#lib/services/read-checks.ts'

export const GET = handle(operations.readChecks, ({ engine, params, query }) =>
  readChecks(engine, { ...query, providerId: params.id }),
)

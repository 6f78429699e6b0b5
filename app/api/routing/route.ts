import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readRouting } from '#lib/services/routing/read-routing.ts'

export const GET = handle(operations.readRouting, ({ engine, runtime }) =>
  readRouting(engine, runtime.gatewayUrl),
)

import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { selectProvider } from '#lib/services/routing/select-provider.ts'

export const POST = handle(operations.selectProvider, ({ engine, params, body }) =>
  selectProvider(engine, params.name, body),
)

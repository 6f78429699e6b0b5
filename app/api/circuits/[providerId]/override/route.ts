import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { releaseOverride } from '#lib/services/release-override.ts'
import { setOverride } from '#lib/services/set-override.ts'

export const PUT = handle(operations.setOverride, ({ engine, params, query, body, author }) =>
  setOverride(engine, { providerId: params.providerId, model: query.model ?? null }, { input: body, author }),
)

export const DELETE = handle(operations.releaseOverride, ({ engine, params, query, body, author }) =>
  releaseOverride(
    engine,
    { providerId: params.providerId, model: query.model ?? null },
    { input: body, author },
  ),
)

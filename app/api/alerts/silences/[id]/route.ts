import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { deleteSilence } from '#lib/services/alerts/configure-silences.ts'

export const DELETE = handle(operations.deleteSilence, ({ engine, params, body, author }) =>
  deleteSilence(engine, params.id, { input: body, author }),
)

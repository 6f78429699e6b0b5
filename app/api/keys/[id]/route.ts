import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { deleteApiKey } from '#lib/services/access/delete-api-key.ts'

export const DELETE = handle(operations.deleteApiKey, ({ engine, params, body, author }) =>
  deleteApiKey(engine, params.id, { input: body, author }),
)

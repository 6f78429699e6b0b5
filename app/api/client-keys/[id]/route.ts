import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { deleteClientKey } from '#lib/services/routing/delete-client-key.ts'

export const DELETE = handle(operations.deleteClientKey, ({ engine, params, body, author }) =>
  deleteClientKey(engine, params.id, { input: body, author }),
)

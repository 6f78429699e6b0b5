import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { deleteProvider } from '#lib/services/delete-provider.ts'
import { readProvider } from '#lib/services/read-provider.ts'
import { updateProvider } from '#lib/services/update-provider.ts'

export const GET = handle(operations.readProvider, ({ engine, params }) => readProvider(engine, params.id))

export const PATCH = handle(operations.updateProvider, ({ engine, params, body, author }) =>
  updateProvider(engine, params.id, { input: body, author }),
)

export const DELETE = handle(operations.deleteProvider, ({ engine, params, body, author }) =>
  deleteProvider(engine, params.id, { input: body, author }),
)

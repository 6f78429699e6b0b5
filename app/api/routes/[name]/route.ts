import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { deleteRoute } from '#lib/services/routing/delete-route.ts'
import { readRoute } from '#lib/services/routing/read-routes.ts'
import { replaceRoute } from '#lib/services/routing/replace-route.ts'

export const GET = handle(operations.readRoute, ({ engine, params }) => readRoute(engine, params.name))

export const PUT = handle(operations.replaceRoute, ({ engine, params, body, author }) =>
  replaceRoute(engine, params.name, { input: body, author }),
)

export const DELETE = handle(operations.deleteRoute, ({ engine, params, body, author }) =>
  deleteRoute(engine, params.name, { input: body, author }),
)

import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { pageOfList } from '#lib/server/page-of-list.ts'
import { createRoute } from '#lib/services/routing/create-route.ts'
import { readRoutes } from '#lib/services/routing/read-routes.ts'

export const GET = handle(operations.readRoutes, ({ engine, query }) =>
  pageOfList(readRoutes(engine), { ...query, keyOf: ({ name }) => name }),
)

export const POST = handle(operations.createRoute, ({ engine, body, author }) =>
  createRoute(engine, body, author),
)

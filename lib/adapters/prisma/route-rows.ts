import type { Prisma, Route as RouteRow } from '#prisma/generated/client.ts'
import { createRouteSchema, inputOfRoute, routeOfInput } from '#lib/contract/route.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import { json, storedTime, timeValue } from './stored-values.ts'

/** A route as its row. */
export function routeRow(route: Route): Prisma.RouteCreateInput {
  const { models, members, strategy, limits } = inputOfRoute(route)
  return {
    name: route.name,
    document: json({ models, members, strategy, limits }),
    version: route.version,
    createdAt: timeValue(route.createdAt),
    updatedAt: timeValue(route.updatedAt),
  }
}

/** The route that a row stands for. Throws when the row is not one. */
export function routeOfRow({ name, document, version, createdAt, updatedAt }: RouteRow): Route {
  const input = createRouteSchema.parse({ ...(document as object), name })
  return routeOfInput(input, {
    name,
    version,
    createdAt: storedTime.parse(createdAt),
    updatedAt: storedTime.parse(updatedAt),
  })
}

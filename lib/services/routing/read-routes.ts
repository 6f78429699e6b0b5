import { inputOfRoute, type RouteConfig } from '#lib/contract/route.ts'
import { notFound } from '#lib/domain/errors.ts'
import { compareNames } from '#lib/domain/name-order.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import type { Engine } from '../engine.ts'

/** The route in force under a name; throws `not_found`. */
export function routeNamed({ routing }: Pick<Engine, 'routing'>, name: string): Route {
  const route = routing.routes.get(name)
  if (route === undefined) throw notFound('route', name)
  return route
}

/** All routes as they are configured, by name. */
export const readRoutes = ({ routing }: Pick<Engine, 'routing'>): RouteConfig[] =>
  [...routing.routes.values()].map(inputOfRoute).sort((a, b) => compareNames(a.name, b.name))

/** One route as it is configured; throws `not_found`. */
export const readRoute = (engine: Pick<Engine, 'routing'>, name: string): RouteConfig =>
  inputOfRoute(routeNamed(engine, name))

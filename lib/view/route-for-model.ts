import type { RouteConfig } from '#lib/contract/route.ts'
import { matchRoute } from '#lib/domain/routing/match-route.ts'

/** The name of the route that takes a model, `route:NAME` too; null where none does. */
export const routeForModel = (
  routes: readonly Pick<RouteConfig, 'name' | 'models'>[],
  model: string,
): string | null => (model.trim() === '' ? null : (matchRoute(routes, model.trim())?.name ?? null))

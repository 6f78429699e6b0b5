import type { QueryClient } from '@tanstack/react-query'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { heldRuntime } from '#lib/server/runtime.ts'
import { readRoutes } from '#lib/services/routing/read-routes.ts'
import { readRouting } from '#lib/services/routing/read-routing.ts'

/** Puts the routes, as they are configured and as they stand, into the first paint. */
export function prefetchRouting(client: QueryClient): void {
  const runtime = heldRuntime()
  if (runtime === null) return
  const { engine, gatewayUrl } = runtime
  client.setQueryData(routingQueries.routes().queryKey, readRoutes(engine))
  client.setQueryData(routingQueries.state().queryKey, readRouting(engine, gatewayUrl))
}

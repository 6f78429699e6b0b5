import type { QueryClient } from '@tanstack/react-query'
import { alertQueries } from '#lib/client/alert-queries.ts'
import { queries } from '#lib/client/queries.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { runtime } from '#lib/server/runtime.ts'
import { readChannels } from '#lib/services/alerts/configure-channels.ts'
import { readProviders } from '#lib/services/read-providers.ts'
import { readRoutes } from '#lib/services/routing/read-routes.ts'

/** Puts what a rule's form offers into the first paint: providers, routes and channels. */
export function prefetchChoices(client: QueryClient): void {
  const { engine } = runtime()
  client.setQueryData(queries.providers().queryKey, readProviders(engine))
  client.setQueryData(routingQueries.routes().queryKey, readRoutes(engine))
  client.setQueryData(alertQueries.channels().queryKey, readChannels(engine))
}

import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { RouteList } from '#components/route-editor/route-list.tsx'
import { queries } from '#lib/client/queries.ts'
import { getQueryClient } from '#lib/client/query-client.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { runtime } from '#lib/server/runtime.ts'
import { readProviders } from '#lib/services/read-providers.ts'
import { readRoutes } from '#lib/services/routing/read-routes.ts'

export const metadata: Metadata = { title: 'Routes' }

/** All routes as they are configured. */
export default function Page() {
  const { engine } = runtime()
  const client = getQueryClient()
  client.setQueryData(queries.providers().queryKey, readProviders(engine))
  client.setQueryData(routingQueries.routes().queryKey, readRoutes(engine))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RouteList />
    </HydrationBoundary>
  )
}

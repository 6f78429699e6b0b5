import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { RoutingPage } from '#components/routing/routing-page.tsx'
import { getQueryClient } from '#lib/client/query-client.ts'
import { prefetchRouting } from '../prefetch-routing.ts'

export const metadata: Metadata = { title: 'Routing' }

export default function Page() {
  const client = getQueryClient()
  prefetchRouting(client)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RoutingPage />
    </HydrationBoundary>
  )
}

import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { ClientKeysPage } from '#components/client-keys/client-keys-page.tsx'
import { getQueryClient } from '#lib/client/query-client.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { runtime } from '#lib/server/runtime.ts'
import { readClientKeys } from '#lib/services/routing/client-keys.ts'

export const metadata: Metadata = { title: 'Gateway keys' }

/** The keys that applications call the gateway with. */
export default function Page() {
  const client = getQueryClient()
  client.setQueryData(routingQueries.clientKeys().queryKey, readClientKeys(runtime().engine))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ClientKeysPage />
    </HydrationBoundary>
  )
}

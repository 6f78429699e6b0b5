import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { ProviderList } from '#components/settings/provider-list.tsx'
import { queries } from '#lib/client/queries.ts'
import { getQueryClient } from '#lib/client/query-client.ts'
import { runtime } from '#lib/server/runtime.ts'
import { readProviders } from '#lib/services/read-providers.ts'
import { readSettings } from '#lib/services/read-settings.ts'

export const dynamic = 'force-dynamic'
export const metadata: Metadata = { title: 'Providers' }

/** All providers as they are configured. */
export default function Page() {
  const { engine } = runtime()
  const client = getQueryClient()
  client.setQueryData(queries.providers().queryKey, readProviders(engine))
  client.setQueryData(queries.settings().queryKey, readSettings(engine))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ProviderList />
    </HydrationBoundary>
  )
}

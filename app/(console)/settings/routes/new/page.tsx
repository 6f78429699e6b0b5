import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { NewRoutePage } from '#components/route-editor/new-route-page.tsx'
import { queries } from '#lib/client/queries.ts'
import { getQueryClient } from '#lib/client/query-client.ts'
import { runtime } from '#lib/server/runtime.ts'
import { readProviders } from '#lib/services/read-providers.ts'
import { readSettings } from '#lib/services/read-settings.ts'

export const metadata: Metadata = { title: 'Add a route' }

type Props = { searchParams: Promise<{ over?: string | string[]; from?: string | string[] }> }

/** The form of a new route: `?over=all` begins with every provider, `?from=NAME` with a copy. */
export default async function Page({ searchParams }: Props) {
  const { over, from } = await searchParams
  const { engine } = runtime()
  const client = getQueryClient()
  client.setQueryData(queries.providers().queryKey, readProviders(engine))
  client.setQueryData(queries.settings().queryKey, readSettings(engine))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <NewRoutePage isOverAll={over === 'all'} from={typeof from === 'string' ? from : null} />
    </HydrationBoundary>
  )
}

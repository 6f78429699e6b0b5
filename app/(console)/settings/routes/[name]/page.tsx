import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RoutePage } from '#components/route-editor/route-page.tsx'
import { queries } from '#lib/client/queries.ts'
import { getQueryClient } from '#lib/client/query-client.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { isAppError } from '#lib/domain/errors.ts'
import { runtime } from '#lib/server/runtime.ts'
import { readProviders } from '#lib/services/read-providers.ts'
import { readSettings } from '#lib/services/read-settings.ts'
import { readRoute } from '#lib/services/routing/read-routes.ts'

type Props = { params: Promise<{ name: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).name)} · Settings` }
}

/** One route, to edit. */
export default async function Page({ params }: Props) {
  const name = decodeURIComponent((await params).name)
  const { engine } = runtime()
  const client = getQueryClient()
  try {
    client.setQueryData(routingQueries.route(name).queryKey, readRoute(engine, name))
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') notFound()
    throw error
  }
  client.setQueryData(queries.providers().queryKey, readProviders(engine))
  client.setQueryData(queries.settings().queryKey, readSettings(engine))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RoutePage name={name} />
    </HydrationBoundary>
  )
}

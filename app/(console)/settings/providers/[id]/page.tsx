import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ProviderPage } from '#components/settings/provider-page.tsx'
import { queries } from '#lib/client/queries.ts'
import { getQueryClient } from '#lib/client/query-client.ts'
import { isAppError } from '#lib/domain/errors.ts'
import { runtime } from '#lib/server/runtime.ts'
import { readProvider } from '#lib/services/read-provider.ts'
import { readSettings } from '#lib/services/read-settings.ts'

export const dynamic = 'force-dynamic'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).id)} · Settings` }
}

/** One provider, to edit. */
export default async function Page({ params }: Props) {
  const id = decodeURIComponent((await params).id)
  const { engine } = runtime()
  const client = getQueryClient()
  try {
    client.setQueryData(queries.provider(id).queryKey, readProvider(engine, id))
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') notFound()
    throw error
  }
  client.setQueryData(queries.settings().queryKey, readSettings(engine))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ProviderPage id={id} />
    </HydrationBoundary>
  )
}

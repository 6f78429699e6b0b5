import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ChannelPage } from '#components/channels/channel-page.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import { getQueryClient } from '#lib/client/query-client.ts'
import { isAppError } from '#lib/domain/errors.ts'
import { runtime } from '#lib/server/runtime.ts'
import { readChannel } from '#lib/services/alerts/configure-channels.ts'

export const dynamic = 'force-dynamic'
export const metadata: Metadata = { title: 'Channel · Settings' }

type Props = { params: Promise<{ id: string }> }

/** One channel, to edit and to try. */
export default async function Page({ params }: Props) {
  const id = decodeURIComponent((await params).id)
  const client = getQueryClient()
  try {
    client.setQueryData(alertQueries.channel(id).queryKey, readChannel(runtime().engine, id))
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') notFound()
    throw error
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ChannelPage id={id} />
    </HydrationBoundary>
  )
}

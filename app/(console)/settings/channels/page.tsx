import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { ChannelList } from '#components/channels/channel-list.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import { getQueryClient } from '#lib/client/query-client.ts'
import { runtime } from '#lib/server/runtime.ts'
import { readChannels } from '#lib/services/alerts/configure-channels.ts'

export const dynamic = 'force-dynamic'
export const metadata: Metadata = { title: 'Channels' }

/** All channels and how they do. */
export default function Page() {
  const client = getQueryClient()
  client.setQueryData(alertQueries.channels().queryKey, readChannels(runtime().engine))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ChannelList />
    </HydrationBoundary>
  )
}

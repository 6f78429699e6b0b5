import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { LateDemoTraffic } from '#components/demo/late-demo-traffic.tsx'
import { Overview } from '#components/overview/overview.tsx'
import { getQueryClient } from '#lib/client/query-client.ts'
import { heldRuntime } from '#lib/server/runtime.ts'
import { askedWindow, type SearchParams } from './asked-window.ts'
import { prefetchEvents, prefetchRecent, prefetchSettings } from './prefetch-overview.ts'

export const metadata: Metadata = { title: 'Overview' }

type Props = { searchParams: Promise<SearchParams> }

export default async function OverviewPage({ searchParams }: Props) {
  const client = getQueryClient()
  prefetchRecent(client)
  prefetchSettings(client)
  await prefetchEvents(client, askedWindow(await searchParams))
  const isDemo = heldRuntime()?.demoControl != null
  return (
    <HydrationBoundary state={dehydrate(client)}>
      {isDemo && <LateDemoTraffic />}
      <Overview />
    </HydrationBoundary>
  )
}

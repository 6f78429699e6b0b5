import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { CircuitsPage } from '#components/circuits/circuits-page.tsx'
import { TIMELINE_EVENTS } from '#lib/client/queries.ts'
import { getQueryClient } from '#lib/client/query-client.ts'
import { askedWindow, type SearchParams } from '../asked-window.ts'
import { prefetchCircuits } from '../prefetch-circuits.ts'
import { prefetchEvents, prefetchSettings } from '../prefetch-overview.ts'

export const metadata: Metadata = { title: 'Circuits' }

type Props = { searchParams: Promise<SearchParams> }

export default async function Page({ searchParams }: Props) {
  const client = getQueryClient()
  prefetchCircuits(client)
  prefetchSettings(client)
  await prefetchEvents(client, askedWindow(await searchParams), TIMELINE_EVENTS)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CircuitsPage />
    </HydrationBoundary>
  )
}

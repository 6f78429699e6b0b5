import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { CircuitsPage } from '#components/circuits/circuits-page.tsx'
import { getQueryClient } from '#lib/client/query-client.ts'
import { parseTimeRange } from '#lib/view/time-range.ts'
import { prefetchCircuits } from '../prefetch-circuits.ts'
import { prefetchEvents, prefetchSettings } from '../prefetch-overview.ts'

export const metadata: Metadata = { title: 'Circuits' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Page({ searchParams }: Props) {
  const { range } = await searchParams
  const client = getQueryClient()
  prefetchCircuits(client)
  prefetchSettings(client)
  await prefetchEvents(client, parseTimeRange(typeof range === 'string' ? range : null))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CircuitsPage />
    </HydrationBoundary>
  )
}

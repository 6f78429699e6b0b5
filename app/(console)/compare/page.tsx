import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { ComparePage } from '#components/compare/compare-page.tsx'
import { getQueryClient } from '#lib/client/query-client.ts'
import { prefetchCircuits } from '../prefetch-circuits.ts'

export const metadata: Metadata = { title: 'Compare' }
export const dynamic = 'force-dynamic'

export default function Page() {
  const client = getQueryClient()
  prefetchCircuits(client)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ComparePage />
    </HydrationBoundary>
  )
}

import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { IncidentsPage } from '#components/incidents/incidents-page.tsx'
import { getQueryClient } from '#lib/client/query-client.ts'
import { prefetchIncidentsPage } from '../prefetch-incidents.ts'

export const metadata: Metadata = { title: 'Incidents' }

export const dynamic = 'force-dynamic'

/** What is open comes with the frame; what is over is read by the browser, for it is nobody's first question. */
export default function Page() {
  const client = getQueryClient()
  prefetchIncidentsPage(client)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <IncidentsPage />
    </HydrationBoundary>
  )
}

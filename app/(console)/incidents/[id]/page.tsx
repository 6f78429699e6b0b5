import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { IncidentPage } from '#components/incidents/incident-page.tsx'
import { getQueryClient } from '#lib/client/query-client.ts'
import { prefetchIncident } from '../../prefetch-incidents.ts'

export const dynamic = 'force-dynamic'

export const metadata: Metadata = { title: 'Incident' }

type Props = { params: Promise<{ id: string }> }

/** One incident, with its story in the first paint. */
export default async function Page({ params }: Props) {
  const id = decodeURIComponent((await params).id)
  const client = getQueryClient()
  if ((await prefetchIncident(client, id)) === 'missing') notFound()
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <IncidentPage key={id} id={id} />
    </HydrationBoundary>
  )
}

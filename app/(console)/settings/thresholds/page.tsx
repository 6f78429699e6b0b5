import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { ThresholdsPage } from '#components/settings/thresholds-page.tsx'
import { queries } from '#lib/client/queries.ts'
import { getQueryClient } from '#lib/client/query-client.ts'
import { runtime } from '#lib/server/runtime.ts'
import { readSettings } from '#lib/services/read-settings.ts'

export const dynamic = 'force-dynamic'
export const metadata: Metadata = { title: 'Thresholds' }

/** The thresholds in force, ready to edit. */
export default function Page() {
  const { engine } = runtime()
  const client = getQueryClient()
  client.setQueryData(queries.settings().queryKey, readSettings(engine))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ThresholdsPage />
    </HydrationBoundary>
  )
}

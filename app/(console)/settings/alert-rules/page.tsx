import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { RuleList } from '#components/alert-rules/rule-list.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import { queries } from '#lib/client/queries.ts'
import { getQueryClient } from '#lib/client/query-client.ts'
import { runtime } from '#lib/server/runtime.ts'
import { readChannels } from '#lib/services/alerts/configure-channels.ts'
import { readRules } from '#lib/services/alerts/configure-rules.ts'
import { readProviders } from '#lib/services/read-providers.ts'

export const dynamic = 'force-dynamic'
export const metadata: Metadata = { title: 'Alert rules' }

/** All alert rules. */
export default function Page() {
  const { engine } = runtime()
  const client = getQueryClient()
  client.setQueryData(alertQueries.rules().queryKey, readRules(engine))
  client.setQueryData(alertQueries.channels().queryKey, readChannels(engine))
  client.setQueryData(queries.providers().queryKey, readProviders(engine))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RuleList />
    </HydrationBoundary>
  )
}

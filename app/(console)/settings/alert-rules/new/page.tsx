import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { NewRulePage } from '#components/alert-rules/new-rule-page.tsx'
import { getQueryClient } from '#lib/client/query-client.ts'
import { CONDITION_TYPES } from '#lib/domain/alerts/condition.ts'
import { prefetchChoices } from '../prefetch-choices.ts'

export const dynamic = 'force-dynamic'
export const metadata: Metadata = { title: 'New alert rule' }

type Props = { searchParams: Promise<{ preset?: string | string[] }> }

/** The form of a new rule: `?preset=provider_unhealthy` begins with what it looks for. */
export default async function Page({ searchParams }: Props) {
  const { preset } = await searchParams
  const client = getQueryClient()
  prefetchChoices(client)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <NewRulePage preset={CONDITION_TYPES.find((known) => known === preset) ?? null} />
    </HydrationBoundary>
  )
}

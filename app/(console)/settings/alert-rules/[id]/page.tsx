import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RulePage } from '#components/alert-rules/rule-page.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import { getQueryClient } from '#lib/client/query-client.ts'
import { isAppError } from '#lib/domain/errors.ts'
import { runtime } from '#lib/server/runtime.ts'
import { readRule } from '#lib/services/alerts/configure-rules.ts'
import { prefetchChoices } from '../prefetch-choices.ts'

export const dynamic = 'force-dynamic'
export const metadata: Metadata = { title: 'Alert rule · Settings' }

type Props = { params: Promise<{ id: string }> }

/** One alert rule, to edit. */
export default async function Page({ params }: Props) {
  const id = decodeURIComponent((await params).id)
  const client = getQueryClient()
  try {
    client.setQueryData(alertQueries.rule(id).queryKey, readRule(runtime().engine, id))
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') notFound()
    throw error
  }
  prefetchChoices(client)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RulePage id={id} />
    </HydrationBoundary>
  )
}

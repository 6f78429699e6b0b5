import type { Metadata } from 'next'
import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import { NewProviderPage } from '#components/settings/new-provider-page.tsx'
import { queries } from '#lib/client/queries.ts'
import { getQueryClient } from '#lib/client/query-client.ts'
import { PROVIDER_KINDS } from '#lib/domain/provider.ts'
import { runtime } from '#lib/server/runtime.ts'
import { readSettings } from '#lib/services/read-settings.ts'

export const dynamic = 'force-dynamic'
export const metadata: Metadata = { title: 'Add a provider' }

type Props = { searchParams: Promise<{ kind?: string | string[]; from?: string | string[] }> }

/** The form of a new provider: `?kind=openai` begins with a preset, `?from=id` with a copy. */
export default async function Page({ searchParams }: Props) {
  const { kind, from } = await searchParams
  const client = getQueryClient()
  client.setQueryData(queries.settings().queryKey, readSettings(runtime().engine))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <NewProviderPage
        kind={PROVIDER_KINDS.find((known) => known === kind) ?? null}
        from={typeof from === 'string' ? from : null}
      />
    </HydrationBoundary>
  )
}

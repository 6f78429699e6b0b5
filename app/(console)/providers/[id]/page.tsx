import { dehydrate, HydrationBoundary, type QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ProviderPage } from '#components/providers/provider-page.tsx'
import { HAPPENINGS_LIMIT, providerQueries } from '#lib/client/provider-queries.ts'
import { queries } from '#lib/client/queries.ts'
import { getQueryClient } from '#lib/client/query-client.ts'
import type { ProviderDetail } from '#lib/contract/monitor.ts'
import { isAppError } from '#lib/domain/errors.ts'
import { OUTCOME_SOURCES, type OutcomeSource } from '#lib/domain/outcome.ts'
import { runtime } from '#lib/server/runtime.ts'
import type { Engine } from '#lib/services/engine.ts'
import { readEvents } from '#lib/services/read-events.ts'
import { readHistory } from '#lib/services/read-history.ts'
import { readProvider } from '#lib/services/read-provider.ts'
import { providerHappenings } from '#lib/view/provider-happenings.ts'
import { followsStream, historyAsk, type TimeWindow } from '#lib/view/time-window.ts'
import { askedText, askedWindow, type SearchParams } from '../../asked-window.ts'

export const dynamic = 'force-dynamic'

/** History is a log, not a gate: a slow database does not hold the page back for longer. */
const PATIENCE_MS = 400

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<SearchParams>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params
  return { title: detailOf(runtime().engine, id)?.provider.name ?? `No provider ${id}` }
}

/** One provider, with its charts' data in the first paint. */
export default async function Page({ params, searchParams }: Props) {
  const { id } = await params
  const { engine } = runtime()
  const detail = detailOf(engine, id)
  if (!detail) notFound()
  const query = await searchParams
  const client = getQueryClient()
  client.setQueryData(queries.provider(id).queryKey, detail)
  await prefetchPast(client, {
    engine,
    detail,
    window: askedWindow(query),
    source: OUTCOME_SOURCES.find((one) => one === askedText(query, 'source')) ?? null,
  })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ProviderPage key={id} providerId={id} />
    </HydrationBoundary>
  )
}

function detailOf(engine: Engine, id: string): ProviderDetail | null {
  try {
    return readProvider(engine, id)
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return null
    throw error
  }
}

type Past = { engine: Engine; detail: ProviderDetail; window: TimeWindow; source: OutcomeSource | null }

/** Reads the charts' data; a database that is away or slow leaves them to the browser, which says so. */
async function prefetchPast(client: QueryClient, { engine, detail, window, source }: Past): Promise<void> {
  const { id: providerId, intervalMs } = detail.snapshot
  const { from, to, points } = historyAsk({ window, intervalMs, now: engine.clock.now() })
  const range = { providerId, from, to: to ?? undefined }
  // What the checks alone say of a long window is left to the browser, so that the page stays small.
  const sources = [...new Set(followsStream(window) ? [null, 'active' as const, source] : [source])]
  const reads = Promise.allSettled([
    ...sources.map(async (one) => {
      const { queryKey } = providerQueries.history(providerId, { window, intervalMs, source: one })
      client.setQueryData(queryKey, await readHistory(engine, { ...range, points, source: one ?? undefined }))
    }),
    (async () => {
      const { queryKey } = providerQueries.happenings(providerId, { window, intervalMs })
      const page = await readEvents(engine, { ...range, fleetWide: true, limit: HAPPENINGS_LIMIT })
      // More than one page is left to the browser.
      if (page.nextCursor === null)
        client.setQueryData(queryKey, { ...page, items: providerHappenings(page.items) })
    })(),
  ])
  await Promise.race([reads, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
}

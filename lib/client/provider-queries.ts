import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { checkSchema, type History, historySchema, pageOf } from '#lib/contract/check.ts'
import { fleetEventSchema } from '#lib/contract/circuit.ts'
import type { OutcomeClass, OutcomeSource } from '#lib/domain/outcome.ts'
import type { HeatPart } from '#lib/view/heat-view.ts'
import { historyWithin } from '#lib/view/history-within.ts'
import { providerHappenings } from '#lib/view/provider-happenings.ts'
import {
  followsStream,
  historyAsk,
  previousAsk,
  refreshMs,
  type TimeWindow,
  windowMs,
} from '#lib/view/time-window.ts'
import { getJson, withQuery } from './api.ts'
import { serverNow } from './clock.ts'
import { readPages } from './read-pages.ts'

const checksPage = pageOf(checkSchema)
const happeningsPage = pageOf(fleetEventSchema).extend({ initial: z.array(fleetEventSchema) })

/** What happened to a provider and the whole fleet in a window, newest first; `initial` is what held at its begin. */
export type Happenings = z.infer<typeof happeningsPage>

/** How many happenings are read at once. */
export const HAPPENINGS_LIMIT = 500
/** How many of a long window are shown at most; beyond it the oldest are left out. */
const MOST_HAPPENINGS = 2_000
/** How many of the newest failures of a class are looked at for what went wrong. */
export const FAILURES_LIMIT = 100

export type HistoryAsk = {
  window: TimeWindow
  intervalMs: number
  source: OutcomeSource | null
  /** Only this model's calls; null: all. */
  model?: string | null
}

const LIVE_MS = 10_000
const THIN_MS = 2_000
/** Below it a single call moves a rate by more than 1 %. */
const THIN_CALLS = 100
const HEAT_MS = 60_000
const DAY = 86_400_000
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
const providerPath = (id: string, what: string) => `/api/providers/${encodeURIComponent(id)}/${what}`

/** A moving window's data goes stale and is invalidated by the stream under `what`; a fixed one's keeps. */
const keyOf = (id: string, what: string, window: TimeWindow) =>
  window.kind === 'live' ? ['providers', id, what, window] : ['providers', id, 'past', what, window]

/** As `keyOf`, for what is counted: of a long window a single measurement changes nothing to be seen. */
const countedKeyOf = (id: string, what: string, window: TimeWindow) =>
  window.kind === 'past' || followsStream(window)
    ? keyOf(id, what, window)
    : ['providers', id, 'long', what, window]

const keeping = (window: TimeWindow) => ({
  staleTime: window.kind === 'live' ? refreshMs(window) : Infinity,
  placeholderData: keepPreviousData,
})

/** How often to ask again for what changes little, in milliseconds; false where the window is over. */
export const steadyRefetchMs = (window: TimeWindow): number | false =>
  window.kind === 'past' ? false : Math.max(LIVE_MS, refreshMs(window))

/**
 * How often to ask again for what is counted, in milliseconds. The stream is quicker where it tells, and moves no right
 * edge in silence; a long window, of which it does not tell, is asked for often while each call changes the whole chart.
 */
export const countedRefetchMs = (window: TimeWindow, known: History | null): number | false => {
  const calls = known?.buckets.reduce((sum, { count }) => sum + count, 0) ?? 0
  const isThin = window.kind === 'live' && !followsStream(window) && calls < THIN_CALLS
  return isThin ? THIN_MS : steadyRefetchMs(window)
}

/** A window of days may hold more changes than one page. */
const mostHappenings = (window: TimeWindow) =>
  windowMs(window) > 2 * DAY ? MOST_HAPPENINGS : HAPPENINGS_LIMIT

const begin = (window: TimeWindow) => (window.kind === 'live' ? serverNow() - windowMs(window) : window.from)
const end = (window: TimeWindow) => (window.kind === 'live' ? null : window.to)

/** The reads of a provider's page. The window's right edge is the server's now, so it is in no key. */
export const providerQueries = {
  history: (id: string, { window, intervalMs, source, model = null }: HistoryAsk) =>
    queryOptions({
      queryKey: [...countedKeyOf(id, 'history', window), { intervalMs, source, model }],
      queryFn: ({ signal }) => {
        const { from, to, points } = historyAsk({ window, intervalMs, now: serverNow() })
        const query = { from: iso(from), to: iso(to), points, source, model }
        return getJson(withQuery(providerPath(id, 'history'), query), historySchema, signal)
      },
      ...keeping(window),
      // Zooming shows at once what is known of the stretch, until its finer buckets have come.
      placeholderData: (previous) =>
        previous && window.kind === 'past' ? (historyWithin(previous, window) ?? previous) : previous,
    }),

  /** The period before the window, as long and in the same buckets, for comparing; it moves slowly. */
  before: (id: string, { window, intervalMs, source }: HistoryAsk) =>
    queryOptions({
      queryKey: [...countedKeyOf(id, 'before', window), { intervalMs, source }],
      queryFn: async ({ signal }) => {
        const { from, to, points, shiftMs } = previousAsk({ window, intervalMs, now: serverNow() })
        const path = withQuery(providerPath(id, 'history'), { from: iso(from), to: iso(to), points, source })
        return { before: await getJson(path, historySchema, signal), shiftMs }
      },
      ...keeping(window),
    }),

  /** Begins where the history begins, so that the strip's first state is the one that held there. */
  happenings: (id: string, { window, intervalMs }: Omit<HistoryAsk, 'source'>) =>
    queryOptions({
      queryKey: [...keyOf(id, 'transitions', window), { intervalMs }],
      queryFn: async ({ signal }) => {
        const { from, to } = historyAsk({ window, intervalMs, now: serverNow() })
        const query = { from: iso(from), to: iso(to), providerId: id }
        const most = mostHappenings(window)
        const page = await readPages({
          path: '/api/events',
          schema: happeningsPage,
          query,
          most,
          signal,
        })
        return { ...page, items: providerHappenings(page.items) }
      },
      ...keeping(window),
    }),

  /** A part of the heat strip; parts that lie in the past keep. */
  heat: (id: string, { from, to, points, isOver }: HeatPart, source: OutcomeSource | null) =>
    queryOptions({
      queryKey: ['providers', id, 'heat', { from, to, points, isOver, source }],
      queryFn: ({ signal }) => {
        const path = withQuery(providerPath(id, 'history'), { from: iso(from), to: iso(to), points, source })
        return getJson(path, historySchema, signal)
      },
      staleTime: isOver ? Infinity : HEAT_MS,
    }),

  /** The newest failures of one class, for telling what went wrong. */
  failures: (id: string, { window, class: outcomeClass }: { window: TimeWindow; class: OutcomeClass }) =>
    queryOptions({
      queryKey: [...countedKeyOf(id, 'failures', window), outcomeClass],
      queryFn: async ({ signal }) => {
        const range = { from: iso(begin(window)), to: iso(end(window)) }
        const query = { ...range, class: outcomeClass, limit: FAILURES_LIMIT }
        return (await getJson(withQuery(providerPath(id, 'checks'), query), checksPage, signal)).items
      },
      ...keeping(window),
    }),

  /** The check log, newest first, page by page. */
  checkLog: (
    id: string,
    { window, class: outcomeClass }: { window: TimeWindow; class: OutcomeClass | null },
  ) =>
    infiniteQueryOptions({
      queryKey: [...keyOf(id, 'log', window), outcomeClass],
      queryFn: ({ signal, pageParam }) => {
        const range = { from: iso(begin(window)), to: iso(end(window)) }
        const query = { ...range, class: outcomeClass, limit: 50, cursor: pageParam }
        return getJson(withQuery(providerPath(id, 'checks'), query), checksPage, signal)
      },
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }) => nextCursor,
      ...keeping(window),
    }),
}

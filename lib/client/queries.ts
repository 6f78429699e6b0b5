import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { checkSchema, historySchema, pageOf } from '#lib/contract/check.ts'
import { circuitSnapshotSchema, fleetEventSchema } from '#lib/contract/circuit.ts'
import { monitorSchema, providerDetailSchema, selfHealthSchema } from '#lib/contract/monitor.ts'
import { providerConfigSchema } from '#lib/contract/provider.ts'
import { settingsVersionSchema } from '#lib/contract/settings.ts'
import type { OutcomeClass, OutcomeSource } from '#lib/domain/outcome.ts'
import { isPartial } from '#lib/view/partial-fleet.ts'
import { type TimeWindow, windowMs } from '#lib/view/time-window.ts'
import { getJson, withQuery } from './api.ts'
import { observeServerTime, serverNow } from './clock.ts'
import { browserGcMs } from './gc-time.ts'
import { catchUp } from './live/event-log.ts'
import { readAll } from './read-all.ts'
import { readPages } from './read-pages.ts'
import { loadRecent } from './recent-loader.ts'

const checksPage = pageOf(checkSchema)
/** A page of events with what held when its range began. */
const eventsPage = pageOf(fleetEventSchema).extend({ initial: z.array(fleetEventSchema) })
export type EventsPage = z.infer<typeof eventsPage>
const circuitsPage = pageOf(circuitSnapshotSchema)
const providersPage = pageOf(providerConfigSchema)
const versionsPage = pageOf(settingsVersionSchema)

/** Which part of a provider's history: ISO times, how many points at most, of which source and model (null: all). */
export type HistoryFilter = {
  from: string
  to: string
  points: number
  source?: OutcomeSource | null
  model?: string | null
}
/** Which checks of a provider's log; null: all. */
export type ChecksFilter = {
  from?: string
  to?: string
  class?: OutcomeClass | null
  source?: OutcomeSource | null
}
/** Which events of a provider; `model` null: of the provider's own circuit, undefined: of all its circuits. */
export type EventsFilter = { from: string; to: string; model?: string | null }

const PAGE_SIZE = 500
/** How many events of a window the fleet's timeline reads; what is older is left out, and said to be. */
export const TIMELINE_EVENTS = 2_000

const provider = (id: string) => `/api/providers/${encodeURIComponent(id)}`
const circuit = (id: string) => `/api/circuits/${encodeURIComponent(id)}`

/** Every server read, keyed from the general to the particular. Invalidate with any prefix. */
export const queries = {
  /** The fleet; kept up by the stream, see `LiveProvider`. */
  monitor: () =>
    queryOptions({
      queryKey: ['monitor'],
      queryFn: async ({ signal }) => {
        const monitor = await getJson('/api/monitor', monitorSchema, signal)
        observeServerTime(monitor.asOf)
        return catchUp(monitor)
      },
      // The stream and the poller decide when it is old; only a first paint's part of a fleet wants the rest at once.
      staleTime: ({ state }) => (state.data && isPartial(state.data) ? 0 : Infinity),
    }),

  /** The last 60 checks of one provider, oldest first; appended to by the stream. */
  recent: (providerId: string) =>
    queryOptions({
      queryKey: ['recent', providerId],
      queryFn: () => loadRecent(providerId),
      staleTime: 5 * 60_000,
      gcTime: browserGcMs(60_000),
    }),

  /** Our own health; kept up by the stream's heartbeat. */
  health: () =>
    queryOptions({
      queryKey: ['health'],
      queryFn: ({ signal }) => getJson('/api/health', selfHealthSchema, signal),
      staleTime: 15_000,
    }),

  /** Every circuit of the fleet. */
  circuits: () =>
    queryOptions({
      queryKey: ['circuits'],
      queryFn: async ({ signal }) => {
        const circuits = await readAll('/api/circuits', circuitsPage, signal)
        return { circuits, asOf: serverNow() }
      },
      staleTime: 4_000,
    }),

  /**
   * The newest transitions, override and cooling events and operator actions of the fleet in a window, newest first.
   * The stream adds to a window that moves; a fixed one stays as it is.
   */
  events: (window: TimeWindow, most = PAGE_SIZE) =>
    queryOptions({
      queryKey: window.kind === 'live' ? ['events', window.range, most] : ['past-events', window, most],
      queryFn: ({ signal }) => {
        const from = window.kind === 'live' ? serverNow() - windowMs(window) : window.from
        const to = window.kind === 'live' ? null : new Date(window.to).toISOString()
        const query = { from: new Date(from).toISOString(), to }
        return readPages({ path: '/api/events', schema: eventsPage, query, most, signal })
      },
      // One more event shifts all others: comparing them place by place would be for nothing.
      structuralSharing: false,
      staleTime: window.kind === 'live' ? 60_000 : Infinity,
    }),

  /** All providers' configurations. */
  providers: () =>
    queryOptions({
      queryKey: ['providers', 'list'],
      queryFn: ({ signal }) => readAll('/api/providers', providersPage, signal),
    }),

  provider: (id: string) =>
    queryOptions({
      queryKey: ['providers', id, 'detail'],
      queryFn: async ({ signal }) => {
        const detail = await getJson(provider(id), providerDetailSchema, signal)
        observeServerTime(detail.asOf)
        return detail
      },
    }),

  history: (id: string, filter: HistoryFilter) =>
    queryOptions({
      queryKey: ['providers', id, 'history', filter],
      queryFn: ({ signal }) => getJson(withQuery(`${provider(id)}/history`, filter), historySchema, signal),
      placeholderData: keepPreviousData,
    }),

  checks: (id: string, filter: ChecksFilter) =>
    infiniteQueryOptions({
      queryKey: ['providers', id, 'checks', filter],
      queryFn: ({ signal, pageParam }) =>
        getJson(withQuery(`${provider(id)}/checks`, { ...filter, cursor: pageParam }), checksPage, signal),
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }) => nextCursor,
    }),

  transitions: (id: string, filter: EventsFilter) =>
    queryOptions({
      queryKey: ['providers', id, 'transitions', filter],
      queryFn: ({ signal }) => getJson(withQuery(`${circuit(id)}/transitions`, filter), eventsPage, signal),
      placeholderData: keepPreviousData,
    }),

  /** The settings in force; refetched when the stream says that they changed. */
  settings: () =>
    queryOptions({
      queryKey: ['settings', 'current'],
      queryFn: ({ signal }) => getJson('/api/settings', settingsVersionSchema, signal),
      staleTime: 60_000,
    }),

  settingsVersions: () =>
    infiniteQueryOptions({
      queryKey: ['settings', 'versions'],
      queryFn: ({ signal, pageParam }) =>
        getJson(withQuery('/api/settings/versions', { cursor: pageParam }), versionsPage, signal),
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }) => nextCursor,
    }),
}

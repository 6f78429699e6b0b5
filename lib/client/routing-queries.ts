import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { pageOf } from '#lib/contract/check.ts'
import { clientKeySchema } from '#lib/contract/client-key.ts'
import { decisionSchema, routingStateSchema, type SelectInput } from '#lib/contract/decision.ts'
import { routeConfigSchema } from '#lib/contract/route.ts'
import { getJson, sendJson, withQuery } from './api.ts'
import { observeServerTime } from './clock.ts'
import { readAll } from './read-all.ts'

const routesPage = pageOf(routeConfigSchema)
const decisionsPage = pageOf(decisionSchema)
const clientKeysPage = pageOf(clientKeySchema)

/** Which decisions; null: all. */
export type DecisionFilter = { route: string | null; providerId: string | null; failed: boolean }

const DECISIONS_A_PAGE = 25

/** The reads of routing; apart from the others, so that pages without routes do not carry their shapes. */
export const routingQueries = {
  /** Every route as it stands: who is eligible, and who had which share. */
  state: () =>
    queryOptions({
      queryKey: ['routing', 'state'],
      queryFn: async ({ signal }) => {
        const state = await getJson('/api/routing', routingStateSchema, signal)
        observeServerTime(state.asOf)
        return state
      },
      staleTime: 4_000,
    }),

  /** All routes as they are configured. */
  routes: () =>
    queryOptions({
      queryKey: ['routing', 'routes'],
      queryFn: ({ signal }) => readAll('/api/routes', routesPage, signal),
    }),

  route: (name: string) =>
    queryOptions({
      queryKey: ['routing', 'routes', name],
      queryFn: ({ signal }) => getJson(`/api/routes/${encodeURIComponent(name)}`, routeConfigSchema, signal),
    }),

  /** Recent decisions, newest first, page by page. */
  decisions: (filter: DecisionFilter) =>
    infiniteQueryOptions({
      queryKey: ['routing', 'decisions', filter],
      queryFn: ({ signal, pageParam }) => {
        const { route, providerId, failed } = filter
        const query = { route, providerId, failed: failed ? 'true' : null, cursor: pageParam }
        return getJson(
          withQuery('/api/decisions', { ...query, limit: DECISIONS_A_PAGE }),
          decisionsPage,
          signal,
        )
      },
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }) => nextCursor,
      staleTime: 4_000,
      placeholderData: keepPreviousData,
    }),

  /** One decision, by its own id or by that of its request. */
  decision: (id: string) =>
    queryOptions({
      queryKey: ['routing', 'decision', id],
      queryFn: ({ signal }) => getJson(`/api/decisions/${encodeURIComponent(id)}`, decisionSchema, signal),
    }),

  /** What a route would decide now about a request, without any effect. */
  simulation: (route: string, input: SelectInput) =>
    queryOptions({
      queryKey: ['routing', 'simulation', route, input],
      queryFn: () =>
        sendJson('POST', `/api/routes/${encodeURIComponent(route)}/select`, {
          body: { ...input, dryRun: true },
          schema: decisionSchema,
        }),
      staleTime: 0,
    }),

  /** The keys that applications call the gateway with. */
  clientKeys: () =>
    queryOptions({
      queryKey: ['client-keys'],
      queryFn: ({ signal }) => readAll('/api/client-keys', clientKeysPage, signal),
    }),
}

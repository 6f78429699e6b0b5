import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { pageOf } from '#lib/contract/check.ts'
import { incidentRowSchema } from '#lib/contract/incident-row.ts'
import { incidentDetailSchema } from '#lib/contract/incident.ts'
import { matchPreviewSchema, silenceViewSchema } from '#lib/contract/silence.ts'
import type { Matcher } from '#lib/domain/alerts/silence.ts'
import { getJson, sendJson, withQuery } from './api.ts'
import { serverNow } from './clock.ts'
import { readAll } from './read-all.ts'

const incidentsPage = pageOf(incidentRowSchema)
const silencesPage = pageOf(silenceViewSchema)
/** Only whether there is one: of what, its own page tells. */
const anyPage = pageOf(z.looseObject({}))

const INCIDENTS_A_PAGE = 30

/** The path of an incident's own calls. */
export const incidentPath = (id: string, verb?: 'ack' | 'notes' | 'export'): string =>
  `/api/alerts/incidents/${encodeURIComponent(id)}${verb === undefined ? '' : `/${verb}`}`

const asOfNow = () => new Date(serverNow()).toISOString()

/** The reads of incidents and silences beside `openIncidentsQuery`; the stream asks for all of them again when an incident changes. */
export const incidentQueries = {
  /** Those of the last 30 days that are over, newest first, page by page; null: about whatever provider. */
  resolved: (providerId: string | null) =>
    infiniteQueryOptions({
      queryKey: ['incidents', 'resolved', providerId],
      queryFn: ({ signal, pageParam }) => {
        const query = { state: 'resolved', providerId, cursor: pageParam, limit: INCIDENTS_A_PAGE }
        return getJson(withQuery('/api/alerts/incidents', query), incidentsPage, signal)
      },
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }) => nextCursor,
      staleTime: 4_000,
    }),

  /** One incident with its story. */
  incident: (id: string) =>
    queryOptions({
      queryKey: ['incidents', 'one', id],
      queryFn: async ({ signal }) => {
        const incident = await getJson(incidentPath(id), incidentDetailSchema, signal)
        return { incident, asOf: asOfNow() }
      },
      staleTime: 4_000,
    }),

  /** Silences and maintenance windows, those in force first. */
  silences: () =>
    queryOptions({
      queryKey: ['incidents', 'silences'],
      queryFn: async ({ signal }) => {
        const silences = await readAll('/api/alerts/silences', silencesPage, signal)
        return { silences, asOf: asOfNow() }
      },
      staleTime: 4_000,
    }),

  /** Which alerts these matchers would silence now. */
  matches: (matchers: readonly Matcher[]) =>
    queryOptions({
      queryKey: ['incidents', 'matches', matchers],
      queryFn: () =>
        sendJson('POST', '/api/alerts/silences/preview', {
          body: { matchers },
          schema: matchPreviewSchema,
        }),
      staleTime: 4_000,
      placeholderData: keepPreviousData,
    }),

  /** Whether anything looks for trouble, and whether anybody would be told. */
  setUp: () =>
    queryOptions({
      queryKey: ['incidents', 'set-up'],
      queryFn: async ({ signal }) => {
        const hasAny = async (path: string) =>
          (await getJson(withQuery(path, { limit: 1 }), anyPage, signal)).items.length > 0
        const [hasRules, hasChannels] = await Promise.all([
          hasAny('/api/alerts/rules'),
          hasAny('/api/alerts/channels'),
        ])
        return { hasRules, hasChannels }
      },
    }),
}

import { queryOptions } from '@tanstack/react-query'
import { ruleConfigSchema } from '#lib/contract/alert-rule.ts'
import { channelPreviewSchema, channelStateSchema } from '#lib/contract/channel.ts'
import { pageOf } from '#lib/contract/check.ts'
import { deliveryViewSchema } from '#lib/contract/incident.ts'
import { getJson, withQuery } from './api.ts'
import { observeServerTime } from './clock.ts'
import { readAll } from './read-all.ts'

const rulesPage = pageOf(ruleConfigSchema)
const channelsPage = pageOf(channelStateSchema)
const deliveriesPage = pageOf(deliveryViewSchema)

/** How many dead letters of a channel are shown; what is older is said to be there. */
export const SHOWN_DEAD_LETTERS = 25
/** How often the health of channels is asked for while it is looked at. */
const HEALTH_EVERY_MS = 5_000

const rule = (id: string) => `/api/alerts/rules/${encodeURIComponent(id)}`
const channel = (id: string) => `/api/alerts/channels/${encodeURIComponent(id)}`

/** The reads of what alerts are set up to be. */
export const alertQueries = {
  /** All alert rules, by name. */
  rules: () =>
    queryOptions({
      queryKey: ['alert-rules', 'list'],
      queryFn: ({ signal }) => readAll('/api/alerts/rules', rulesPage, signal),
    }),

  rule: (id: string) =>
    queryOptions({
      queryKey: ['alert-rules', 'one', id],
      queryFn: ({ signal }) => getJson(rule(id), ruleConfigSchema, signal),
    }),

  /** All channels and how they do, by name. */
  channels: () =>
    queryOptions({
      queryKey: ['channels', 'list'],
      queryFn: ({ signal }) => readAll('/api/alerts/channels', channelsPage, signal),
      refetchInterval: HEALTH_EVERY_MS,
    }),

  channel: (id: string) =>
    queryOptions({
      queryKey: ['channels', 'one', id],
      queryFn: async ({ signal }) => {
        const state = await getJson(channel(id), channelStateSchema, signal)
        observeServerTime(state.health.asOf)
        return state
      },
      refetchInterval: HEALTH_EVERY_MS,
    }),

  /** What a test of the channel would send, without secrets. */
  channelPreview: (id: string) =>
    queryOptions({
      queryKey: ['channels', 'one', id, 'preview'],
      queryFn: ({ signal }) => getJson(`${channel(id)}/preview`, channelPreviewSchema, signal),
      // It is asked for to see what is saved now.
      staleTime: 0,
      gcTime: 0,
    }),

  /** The newest notifications that were given up for a channel. */
  deadLetters: (channelId: string) =>
    queryOptions({
      queryKey: ['channels', 'one', channelId, 'dead-letters'],
      queryFn: ({ signal }) =>
        getJson(
          withQuery('/api/alerts/deliveries', { state: 'dead', channelId, limit: SHOWN_DEAD_LETTERS }),
          deliveriesPage,
          signal,
        ),
    }),
}

import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { backedUpSchema, dataSchema } from '#lib/contract/data.ts'
import { getJson, sendJson } from './api.ts'
import { refetch } from './mutations.ts'

/** What the database holds. To tell it every page is looked at, so it is asked for seldom. */
export const dataQuery = () =>
  queryOptions({
    queryKey: ['data'],
    queryFn: ({ signal }) => getJson('/api/data', dataSchema, signal),
    staleTime: 60_000,
  })

/** Backs the database up beside it. */
export const backUpMutation = () =>
  mutationOptions({
    mutationKey: ['data', 'backup'],
    mutationFn: async (_: undefined, { client }) => {
      const { backup } = await sendJson('POST', '/api/data/backup', { body: {}, schema: backedUpSchema })
      refetch(client, 'data', 'events')
      return backup
    },
  })

import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { apiKeySchema, createdApiKeySchema, type createApiKeySchema } from '#lib/contract/api-key.ts'
import { pageOf } from '#lib/contract/check.ts'
import { sendJson } from './api.ts'
import { refetch } from './mutations.ts'
import { readAll } from './read-all.ts'

const apiKeysPage = pageOf(apiKeySchema)
const deletedSchema = z.object({ persisted: z.boolean() })

/** The keys of machines that call the API. */
export const apiKeysQuery = () =>
  queryOptions({
    queryKey: ['api-keys'],
    queryFn: ({ signal }) => readAll('/api/keys', apiKeysPage, signal),
  })

export const apiKeyMutations = {
  /** Makes a key; the answer is the only one that tells it. */
  create: () =>
    mutationOptions({
      mutationKey: ['api-keys', 'create'],
      mutationFn: async (body: z.input<typeof createApiKeySchema>, { client }) => {
        const created = await sendJson('POST', '/api/keys', { body, schema: createdApiKeySchema })
        refetch(client, 'api-keys', 'events')
        return created
      },
      // The key must not outlive the dialog that shows it.
      gcTime: 0,
    }),

  delete: (id: string) =>
    mutationOptions({
      mutationKey: ['api-keys', id, 'delete'],
      mutationFn: async (body: { reason?: string }, { client }) => {
        const path = `/api/keys/${encodeURIComponent(id)}`
        const answer = await sendJson('DELETE', path, { body, schema: deletedSchema })
        refetch(client, 'api-keys', 'events')
        return answer
      },
    }),
}

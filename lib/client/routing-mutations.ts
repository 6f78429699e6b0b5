import { mutationOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { createdClientKeySchema, type createClientKeySchema } from '#lib/contract/client-key.ts'
import { routeConfigSchema, type createRouteSchema, type replaceRouteSchema } from '#lib/contract/route.ts'
import { sendJson } from './api.ts'
import { refetch } from './mutations.ts'

/** What creating or changing a route answers: the route, and whether it is on disk yet. */
const savedRouteSchema = z.object({ route: routeConfigSchema, persisted: z.boolean() })
export type SavedRoute = z.infer<typeof savedRouteSchema>

const deletedSchema = z.object({ persisted: z.boolean() })
const routePath = (name: string) => `/api/routes/${encodeURIComponent(name)}`

/** Every change of routes and of the gateway's keys. None is optimistic. */
export const routingMutations = {
  createRoute: () =>
    mutationOptions({
      mutationKey: ['routes', 'create'],
      mutationFn: async (body: z.input<typeof createRouteSchema>, { client }) => {
        const saved = await sendJson('POST', '/api/routes', { body, schema: savedRouteSchema })
        refetch(client, 'routing', 'events')
        return saved
      },
    }),

  replaceRoute: (name: string) =>
    mutationOptions({
      mutationKey: ['routes', name, 'replace'],
      mutationFn: async (body: z.input<typeof replaceRouteSchema>, { client }) => {
        const saved = await sendJson('PUT', routePath(name), { body, schema: savedRouteSchema })
        refetch(client, 'routing', 'events')
        return saved
      },
    }),

  deleteRoute: (name: string) =>
    mutationOptions({
      mutationKey: ['routes', name, 'delete'],
      mutationFn: async (body: { reason?: string }, { client }) => {
        const answer = await sendJson('DELETE', routePath(name), { body, schema: deletedSchema })
        client.removeQueries({ queryKey: ['routing', 'routes', name] })
        refetch(client, 'routing', 'events')
        return answer
      },
    }),

  /** Makes a key; the answer is the only one that tells it. */
  createClientKey: () =>
    mutationOptions({
      mutationKey: ['client-keys', 'create'],
      mutationFn: async (body: z.input<typeof createClientKeySchema>, { client }) => {
        const created = await sendJson('POST', '/api/client-keys', { body, schema: createdClientKeySchema })
        refetch(client, 'client-keys', 'events')
        return created
      },
      // The key must not outlive the dialog that shows it.
      gcTime: 0,
    }),

  deleteClientKey: (id: string) =>
    mutationOptions({
      mutationKey: ['client-keys', id, 'delete'],
      mutationFn: async (body: { reason?: string }, { client }) => {
        const path = `/api/client-keys/${encodeURIComponent(id)}`
        const answer = await sendJson('DELETE', path, { body, schema: deletedSchema })
        refetch(client, 'client-keys', 'events')
        return answer
      },
    }),
}

import { z } from 'zod'
import { pageOf } from '#lib/contract/check.ts'
import { clientKeySchema, createClientKeySchema, createdClientKeySchema } from '#lib/contract/client-key.ts'
import { createRouteSchema, replaceRouteSchema, routeConfigSchema } from '#lib/contract/route.ts'
import { operation } from '../operation.ts'
import { deletion } from './deletion.ts'
import { pageShape } from './queries.ts'

const routeParams = z.object({
  name: z.string().meta({ description: "The route's name.", examples: ['chat'] }),
})
const changed = z.object({ route: routeConfigSchema, persisted: z.boolean() })

export const readRoutes = operation({
  method: 'GET',
  path: '/api/routes',
  access: 'console.read',
  tag: 'routing',
  summary: 'All routes as they are configured.',
  query: z.object(pageShape),
  answer: pageOf(routeConfigSchema),
})

export const createRoute = operation({
  method: 'POST',
  path: '/api/routes',
  access: 'routes.write',
  tag: 'routing',
  summary: 'Adds a route; requests take it at once.',
  body: createRouteSchema,
  answer: changed,
  status: 201,
  mayBePending: true,
  idempotent: true,
})

export const readRoute = operation({
  method: 'GET',
  path: '/api/routes/{name}',
  access: 'console.read',
  tag: 'routing',
  summary: 'One route as it is configured.',
  params: routeParams,
  answer: routeConfigSchema,
  errors: ['not_found'],
})

export const replaceRoute = operation({
  method: 'PUT',
  path: '/api/routes/{name}',
  access: 'routes.write',
  tag: 'routing',
  summary: 'Gives a route other content; refused when others did so in the meantime.',
  params: routeParams,
  body: replaceRouteSchema,
  answer: changed,
  mayBePending: true,
  errors: ['not_found', 'conflict'],
})

export const deleteRoute = operation({
  ...deletion,
  path: '/api/routes/{name}',
  access: 'routes.write',
  tag: 'routing',
  summary: 'Takes a route out of force; what was decided on it stays.',
  params: routeParams,
})

export const readClientKeys = operation({
  method: 'GET',
  path: '/api/client-keys',
  access: 'console.read',
  tag: 'client keys',
  summary: 'The keys that applications call the gateway with, without the keys themselves.',
  query: z.object(pageShape),
  answer: pageOf(clientKeySchema),
})

export const createClientKey = operation({
  method: 'POST',
  path: '/api/client-keys',
  access: 'client-keys.write',
  tag: 'client keys',
  summary: 'Makes a key for an application; it is told in this answer and never again.',
  body: createClientKeySchema,
  answer: createdClientKeySchema,
  status: 201,
  mayBePending: true,
  idempotent: true,
})

export const deleteClientKey = operation({
  ...deletion,
  path: '/api/client-keys/{id}',
  access: 'client-keys.write',
  tag: 'client keys',
  summary: 'Takes a key out of force at once.',
  params: z.object({ id: z.string().meta({ description: "The key's id, not the key itself." }) }),
})

import { z } from 'zod'
import { accountSchema, createUserSchema, patchUserSchema, setPasswordSchema } from '#lib/contract/account.ts'
import { apiKeySchema, createApiKeySchema, createdApiKeySchema } from '#lib/contract/api-key.ts'
import { pageOf } from '#lib/contract/check.ts'
import { reasonSchema } from '#lib/contract/settings.ts'
import { operation } from '../operation.ts'
import { pageShape } from './queries.ts'

const done = z.object({ done: z.literal(true) })
const idParams = z.object({ id: z.string().max(200).meta({ description: 'Its id.' }) })
const reasonBody = { body: z.strictObject({ reason: reasonSchema.optional() }), bodyOptional: true } as const
const nothingBody = { body: z.strictObject({}), bodyOptional: true } as const

const users = { access: 'users.manage', tag: 'users', errors: ['not_found'] } as const

export const readUsers = operation({
  ...users,
  method: 'GET',
  path: '/api/users',
  summary: 'Everybody who may sign in.',
  query: z.object(pageShape),
  answer: pageOf(accountSchema),
})

export const createUser = operation({
  ...users,
  method: 'POST',
  path: '/api/users',
  summary: 'Adds somebody who may sign in.',
  body: createUserSchema,
  answer: accountSchema,
  status: 201,
})

export const updateUser = operation({
  ...users,
  method: 'PATCH',
  path: '/api/users/{id}',
  summary: 'Changes name, address, role, or whether signing in is refused.',
  params: idParams,
  body: patchUserSchema,
  answer: accountSchema,
  errors: [...users.errors, 'conflict'],
})

export const deleteUser = operation({
  ...users,
  ...reasonBody,
  method: 'DELETE',
  path: '/api/users/{id}',
  summary: 'Takes somebody away, with all their sessions.',
  params: idParams,
  answer: done,
  errors: [...users.errors, 'conflict'],
})

export const setUserPassword = operation({
  ...users,
  method: 'PUT',
  path: '/api/users/{id}/password',
  summary: 'Gives somebody a new password and ends their sessions.',
  params: idParams,
  body: setPasswordSchema,
  answer: accountSchema,
})

export const removeUserSecondFactor = operation({
  ...users,
  ...nothingBody,
  method: 'DELETE',
  path: '/api/users/{id}/second-factor',
  summary: "Takes somebody's second factor away.",
  params: idParams,
  answer: accountSchema,
})

export const endUserSessions = operation({
  ...users,
  ...nothingBody,
  method: 'DELETE',
  path: '/api/users/{id}/sessions',
  summary: "Ends all of somebody's sessions.",
  params: idParams,
  answer: accountSchema,
})

const keys = { access: 'api-keys.manage', tag: 'API keys' } as const

export const readApiKeys = operation({
  ...keys,
  method: 'GET',
  path: '/api/keys',
  summary: 'The keys of machines that call the API, without the keys themselves.',
  query: z.object(pageShape),
  answer: pageOf(apiKeySchema),
})

export const createApiKey = operation({
  ...keys,
  method: 'POST',
  path: '/api/keys',
  summary: 'Makes a key for a machine; it is told in this answer and never again.',
  body: createApiKeySchema,
  answer: createdApiKeySchema,
  status: 201,
  mayBePending: true,
})

export const deleteApiKey = operation({
  ...keys,
  ...reasonBody,
  method: 'DELETE',
  path: '/api/keys/{id}',
  summary: 'Takes a key out of force.',
  params: idParams,
  answer: z.object({ persisted: z.boolean() }),
  mayBePending: true,
  errors: ['not_found'],
})

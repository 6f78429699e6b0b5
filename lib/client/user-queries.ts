import { mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import {
  accountSchema,
  type createUserSchema,
  type patchUserSchema,
  type setPasswordSchema,
} from '#lib/contract/account.ts'
import { pageOf } from '#lib/contract/check.ts'
import { sendJson } from './api.ts'
import { doneSchema } from './done.ts'
import { refetch } from './mutations.ts'
import { readAll } from './read-all.ts'

const usersPage = pageOf(accountSchema)
const userPath = (id: string) => `/api/users/${encodeURIComponent(id)}`
// Oneself may be among those who were changed.
const refetchUsers = (client: QueryClient) => refetch(client, 'users', 'profile', 'who', 'events')

/** Everybody who may sign in. */
export const usersQuery = () =>
  queryOptions({
    queryKey: ['users'],
    queryFn: ({ signal }) => readAll('/api/users', usersPage, signal),
  })

/** What an administrator does with users. */
export const userMutations = {
  create: () =>
    mutationOptions({
      mutationKey: ['users', 'create'],
      mutationFn: async (body: z.input<typeof createUserSchema>, { client }) => {
        const account = await sendJson('POST', '/api/users', { body, schema: accountSchema })
        refetchUsers(client)
        return account
      },
      // What was sent, the password, is not kept longer than its form.
      gcTime: 0,
    }),

  update: (id: string) =>
    mutationOptions({
      mutationKey: ['users', id, 'update'],
      mutationFn: async (body: z.input<typeof patchUserSchema>, { client }) => {
        const account = await sendJson('PATCH', userPath(id), { body, schema: accountSchema })
        refetchUsers(client)
        return account
      },
    }),

  delete: (id: string) =>
    mutationOptions({
      mutationKey: ['users', id, 'delete'],
      mutationFn: async (body: { reason?: string }, { client }) => {
        const answer = await sendJson('DELETE', userPath(id), { body, schema: doneSchema })
        refetchUsers(client)
        return answer
      },
    }),

  setPassword: (id: string) =>
    mutationOptions({
      mutationKey: ['users', id, 'password'],
      mutationFn: async (body: z.input<typeof setPasswordSchema>, { client }) => {
        const account = await sendJson('PUT', `${userPath(id)}/password`, { body, schema: accountSchema })
        refetchUsers(client)
        return account
      },
      gcTime: 0,
    }),

  removeSecondFactor: (id: string) => takeAway(id, 'second-factor'),
  endSessions: (id: string) => takeAway(id, 'sessions'),
}

const takeAway = (id: string, what: 'second-factor' | 'sessions') =>
  mutationOptions({
    mutationKey: ['users', id, what],
    mutationFn: async (_: undefined, { client }) => {
      const account = await sendJson('DELETE', `${userPath(id)}/${what}`, { body: {}, schema: accountSchema })
      refetchUsers(client)
      return account
    },
  })

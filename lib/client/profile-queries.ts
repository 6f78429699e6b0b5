import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import {
  accountSchema,
  begunSecondFactorSchema,
  signInSessionSchema,
  type changePasswordSchema,
  type confirmCodeSchema,
  type confirmPasswordSchema,
  type patchProfileSchema,
} from '#lib/contract/account.ts'
import { pageOf } from '#lib/contract/check.ts'
import { getJson, sendJson } from './api.ts'
import { doneSchema } from './done.ts'
import { refetch } from './mutations.ts'
import { readAll } from './read-all.ts'

const sessionsPage = pageOf(signInSessionSchema)

/** Who has signed in here, and in which browsers. */
export const profileQueries = {
  self: () =>
    queryOptions({
      queryKey: ['profile', 'self'],
      queryFn: ({ signal }) => getJson('/api/profile', accountSchema, signal),
    }),

  sessions: () =>
    queryOptions({
      queryKey: ['profile', 'sessions'],
      queryFn: ({ signal }) => readAll('/api/profile/sessions', sessionsPage, signal),
    }),
}

/** What somebody changes about themselves. */
export const profileMutations = {
  rename: () =>
    mutationOptions({
      mutationKey: ['profile', 'rename'],
      mutationFn: async (body: z.input<typeof patchProfileSchema>, { client }) => {
        const account = await sendJson('PATCH', '/api/profile', { body, schema: accountSchema })
        client.setQueryData(profileQueries.self().queryKey, account)
        refetch(client, 'who', 'users')
        return account
      },
    }),

  changePassword: () =>
    mutationOptions({
      mutationKey: ['profile', 'password'],
      mutationFn: async (body: z.input<typeof changePasswordSchema>, { client }) => {
        const answer = await sendJson('POST', '/api/profile/password', { body, schema: doneSchema })
        refetch(client, 'profile')
        return answer
      },
      // What was sent is not kept longer than its form.
      gcTime: 0,
    }),

  beginSecondFactor: () =>
    mutationOptions({
      mutationKey: ['profile', 'second-factor', 'begin'],
      mutationFn: (body: z.input<typeof confirmPasswordSchema>) =>
        sendJson('POST', '/api/profile/second-factor', { body, schema: begunSecondFactorSchema }),
      // The secret and the recovery codes must not outlive the dialog that shows them.
      gcTime: 0,
    }),

  confirmSecondFactor: () =>
    mutationOptions({
      mutationKey: ['profile', 'second-factor', 'confirm'],
      mutationFn: async (body: z.input<typeof confirmCodeSchema>, { client }) => {
        const path = '/api/profile/second-factor/confirm'
        const answer = await sendJson('POST', path, { body, schema: doneSchema })
        refetch(client, 'profile', 'who', 'users')
        return answer
      },
    }),

  endSecondFactor: () =>
    mutationOptions({
      mutationKey: ['profile', 'second-factor', 'end'],
      mutationFn: async (body: z.input<typeof confirmPasswordSchema>, { client }) => {
        const answer = await sendJson('DELETE', '/api/profile/second-factor', { body, schema: doneSchema })
        refetch(client, 'profile', 'who', 'users')
        return answer
      },
      gcTime: 0,
    }),

  endSession: (id: string) =>
    mutationOptions({
      mutationKey: ['profile', 'sessions', id, 'end'],
      mutationFn: async (_: undefined, { client }) => {
        const path = `/api/profile/sessions/${encodeURIComponent(id)}`
        const answer = await sendJson('DELETE', path, { body: {}, schema: doneSchema })
        refetch(client, 'profile')
        return answer
      },
    }),

  endOtherSessions: () =>
    mutationOptions({
      mutationKey: ['profile', 'sessions', 'end-others'],
      mutationFn: async (_: undefined, { client }) => {
        const answer = await sendJson('DELETE', '/api/profile/sessions', { body: {}, schema: doneSchema })
        refetch(client, 'profile')
        return answer
      },
    }),
}

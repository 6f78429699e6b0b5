import { mutationOptions, type QueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import {
  signedInSchema,
  type secondFactorSchema,
  type setUpSchema,
  type signInSchema,
} from '#lib/contract/account.ts'
import { sendJson } from './api.ts'
import { doneSchema } from './done.ts'
import { whoQuery } from './who-query.ts'

const learnWho = (client: QueryClient) => client.refetchQueries({ queryKey: whoQuery().queryKey })

/** How one gets in and out; who is there is asked anew once somebody is in. */
export const signInMutations = {
  setUp: () =>
    mutationOptions({
      mutationKey: ['sign-in', 'set-up'],
      mutationFn: (body: z.input<typeof setUpSchema>) =>
        sendJson('POST', '/api/auth/set-up', { body, schema: doneSchema }),
      gcTime: 0,
    }),

  signIn: () =>
    mutationOptions({
      mutationKey: ['sign-in', 'password'],
      mutationFn: async (body: z.input<typeof signInSchema>, { client }) => {
        const answer = await sendJson('POST', '/api/auth/sign-in', { body, schema: signedInSchema })
        if (!answer.needsSecondFactor) await learnWho(client)
        return answer
      },
      // What was sent, the password, is not kept longer than its form.
      gcTime: 0,
    }),

  giveCode: () =>
    mutationOptions({
      mutationKey: ['sign-in', 'code'],
      mutationFn: async (body: z.input<typeof secondFactorSchema>, { client }) => {
        const answer = await sendJson('POST', '/api/auth/code', { body, schema: signedInSchema })
        await learnWho(client)
        return answer
      },
      gcTime: 0,
    }),

  signOut: () =>
    mutationOptions({
      mutationKey: ['sign-in', 'out'],
      mutationFn: () => sendJson('POST', '/api/auth/sign-out', { body: {}, schema: doneSchema }),
    }),
}

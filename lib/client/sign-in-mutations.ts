import { mutationOptions, type QueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { type secondFactorSchema, type signInSchema, signedInSchema } from '#lib/contract/account.ts'
import { sendJson } from './api.ts'
import { whoQuery } from './who-query.ts'

const doneSchema = z.object({ done: z.literal(true) })

const learnWho = (client: QueryClient) => client.refetchQueries({ queryKey: whoQuery().queryKey })

/** Signs in by a password; the answer says whether a code is asked for before the session begins. */
export const signInMutation = () =>
  mutationOptions({
    mutationKey: ['sign-in'],
    mutationFn: async (body: z.input<typeof signInSchema>, { client }) => {
      const answer = await sendJson('POST', '/api/auth/sign-in', { body, schema: signedInSchema })
      if (!answer.needsSecondFactor) await learnWho(client)
      return answer
    },
  })

/** Ends a sign-in by the code that was asked for. */
export const giveCodeMutation = () =>
  mutationOptions({
    mutationKey: ['sign-in', 'code'],
    mutationFn: async (body: z.input<typeof secondFactorSchema>, { client }) => {
      await sendJson('POST', '/api/auth/code', { body, schema: signedInSchema })
      await learnWho(client)
    },
  })

/** Ends the browser's session. */
export const signOutMutation = () =>
  mutationOptions({
    mutationKey: ['sign-out'],
    mutationFn: () => sendJson('POST', '/api/auth/sign-out', { body: {}, schema: doneSchema }),
  })

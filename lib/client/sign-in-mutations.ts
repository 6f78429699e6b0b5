import { mutationOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import {
  signedInSchema,
  type secondFactorSchema,
  type setUpSchema,
  type signInSchema,
} from '#lib/contract/account.ts'
import { sendJson } from './api.ts'
import { doneSchema } from './done.ts'

/** How one gets in and out. Whoever has loads a page anew: nothing that was asked for before is true of them. */
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
      mutationFn: (body: z.input<typeof signInSchema>) =>
        sendJson('POST', '/api/auth/sign-in', { body, schema: signedInSchema }),
      // What was sent, the password, is not kept longer than its form.
      gcTime: 0,
    }),

  giveCode: () =>
    mutationOptions({
      mutationKey: ['sign-in', 'code'],
      mutationFn: (body: z.input<typeof secondFactorSchema>) =>
        sendJson('POST', '/api/auth/code', { body, schema: signedInSchema }),
      gcTime: 0,
    }),

  signOut: () =>
    mutationOptions({
      mutationKey: ['sign-in', 'out'],
      mutationFn: () => sendJson('POST', '/api/auth/sign-out', { body: {}, schema: doneSchema }),
    }),
}

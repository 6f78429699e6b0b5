import { z } from 'zod'
import {
  accountSchema,
  begunSecondFactorSchema,
  changePasswordSchema,
  confirmCodeSchema,
  confirmPasswordSchema,
  patchProfileSchema,
  secondFactorSchema,
  setUpSchema,
  signedInSchema,
  signInSchema,
  signInSessionSchema,
  whoSchema,
} from '#lib/contract/account.ts'
import { pageOf } from '#lib/contract/check.ts'
import { operation } from '../operation.ts'
import { pageShape } from './queries.ts'

const done = z.object({ done: z.literal(true) })
const idParams = z.object({ id: z.string().max(200).meta({ description: 'Its id.' }) })
const nothingBody = { body: z.strictObject({}), bodyOptional: true } as const

export const readWho = operation({
  method: 'GET',
  path: '/api/auth/who',
  access: 'everyone',
  tag: 'sign-in',
  summary: 'Who asks, what they may do, and how one signs in here.',
  answer: whoSchema,
})

export const setUp = operation({
  method: 'POST',
  path: '/api/auth/set-up',
  limit: 'sign_in',
  access: 'everyone',
  tag: 'sign-in',
  summary: 'Makes the first administrator, once, and signs them in.',
  body: setUpSchema,
  answer: done,
  status: 201,
  errors: ['not_found', 'conflict', 'forbidden'],
})

export const signIn = operation({
  method: 'POST',
  path: '/api/auth/sign-in',
  limit: 'sign_in',
  access: 'everyone',
  tag: 'sign-in',
  summary: 'Signs in by a password; the session comes as a cookie, or after a code.',
  body: signInSchema,
  answer: signedInSchema,
  errors: ['not_found', 'unauthenticated', 'forbidden', 'rate_limited'],
})

export const giveCode = operation({
  method: 'POST',
  path: '/api/auth/code',
  limit: 'sign_in',
  access: 'everyone',
  tag: 'sign-in',
  summary: 'Ends a sign-in by the code that was asked for.',
  body: secondFactorSchema,
  answer: signedInSchema,
  errors: ['not_found', 'forbidden', 'rate_limited'],
})

export const signOut = operation({
  method: 'POST',
  path: '/api/auth/sign-out',
  access: 'everyone',
  tag: 'sign-in',
  summary: "Ends the browser's session.",
  ...nothingBody,
  answer: done,
  errors: ['not_found'],
})

const identity = {
  method: 'GET',
  access: 'everyone',
  tag: 'sign-in',
  limit: 'sign_in',
  status: 303,
  answer: z.null(),
} as const

export const beginIdentity = operation({
  ...identity,
  path: '/api/auth/oidc/start',
  summary: 'Sends the browser to the identity provider.',
  query: z.object({ next: z.string().max(2_000).optional() }),
})

export const finishIdentity = operation({
  ...identity,
  path: '/api/auth/oidc/callback',
  summary:
    'Where the identity provider sends the browser back to, which goes on to the console, or to the sign-in page with a reason.',
})

const profile = { access: 'profile.manage', tag: 'sign-in', errors: ['not_found'] } as const

export const readProfile = operation({
  ...profile,
  method: 'GET',
  path: '/api/profile',
  summary: 'Oneself.',
  answer: accountSchema,
})

export const updateProfile = operation({
  ...profile,
  method: 'PATCH',
  path: '/api/profile',
  summary: 'Changes the name that others see.',
  body: patchProfileSchema,
  answer: accountSchema,
})

export const changePassword = operation({
  ...profile,
  method: 'POST',
  path: '/api/profile/password',
  summary: 'Changes the own password and ends every other session.',
  body: changePasswordSchema,
  answer: done,
})

export const beginSecondFactor = operation({
  ...profile,
  method: 'POST',
  path: '/api/profile/second-factor',
  summary: 'Begins to set up an authenticator app: its address and the recovery codes, told once.',
  body: confirmPasswordSchema,
  answer: begunSecondFactorSchema,
  status: 201,
  errors: [...profile.errors, 'conflict'],
})

export const confirmSecondFactor = operation({
  ...profile,
  method: 'POST',
  path: '/api/profile/second-factor/confirm',
  summary: "Puts the second factor in force by the app's first code.",
  body: confirmCodeSchema,
  answer: done,
})

export const endSecondFactor = operation({
  ...profile,
  method: 'DELETE',
  path: '/api/profile/second-factor',
  summary: 'Takes the own second factor away.',
  body: confirmPasswordSchema,
  answer: done,
})

export const readSessions = operation({
  ...profile,
  method: 'GET',
  path: '/api/profile/sessions',
  summary: 'The browsers in which one is signed in, newest first.',
  query: z.object(pageShape),
  answer: pageOf(signInSessionSchema),
})

export const endOtherSessions = operation({
  ...profile,
  ...nothingBody,
  method: 'DELETE',
  path: '/api/profile/sessions',
  summary: 'Ends all of the own sessions but this one.',
  answer: done,
})

export const endSession = operation({
  ...profile,
  ...nothingBody,
  method: 'DELETE',
  path: '/api/profile/sessions/{id}',
  summary: 'Ends one of the own sessions.',
  params: idParams,
  answer: done,
})

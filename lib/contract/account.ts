import { z } from 'zod'
import { ROLES } from '#lib/domain/access/roles.ts'
import { nameSchema } from './name.ts'

/** NIST SP 800-63B-4, 3.1.1.2: at least 15 characters where a password stands alone, at least 64 allowed. */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const

export const roleSchema = z.enum(ROLES, `one of ${ROLES.join(', ')}`)

export const passwordSchema = z
  .string()
  .min(PASSWORD_LENGTH.min, `at least ${PASSWORD_LENGTH.min} characters`)
  .max(PASSWORD_LENGTH.max, `at most ${PASSWORD_LENGTH.max} characters`)
/** A password as it is shown to get in, whatever was asked of it when it was chosen. */
const shownPassword = z.string().min(1, 'write the password').max(PASSWORD_LENGTH.max)

const email = z.email('an e-mail address').max(254, 'at most 254 characters')
const username = z
  .string()
  .trim()
  .regex(/^[a-zA-Z0-9_.-]{2,64}$/, '2 to 64 letters, digits, dots, dashes or underscores')

export const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  username: z.string().nullable(),
  role: roleSchema,
  /** Whether signing in is refused. */
  disabled: z.boolean(),
  hasSecondFactor: z.boolean(),
  createdAt: z.iso.datetime(),
})
export type AccountView = z.infer<typeof accountSchema>

/** The first administrator; `token` is the one in the log, which is not asked for on the machine itself. */
export const setUpSchema = z.strictObject({
  token: z.string().max(200).optional(),
  name: nameSchema,
  email,
  username: username.nullish(),
  password: passwordSchema,
})

export const signInSchema = z.strictObject({
  /** An e-mail address or a user name. */
  login: z.string().trim().min(1, 'write your e-mail address or user name').max(254),
  password: shownPassword,
})

export const secondFactorSchema = z.strictObject({
  /** Six digits of the authenticator app, or a recovery code. */
  code: z.string().trim().min(1, 'write the code').max(64),
  isRecoveryCode: z.boolean().default(false),
  /** Whether this browser is not asked again for 30 days. */
  trustDevice: z.boolean().default(false),
})

export const signedInSchema = z.object({ needsSecondFactor: z.boolean() })

/** Who is at the browser, and what the console asks of them. */
export const whoSchema = z.object({
  /** `open`: nobody is asked to sign in; `set_up`: there is no administrator yet. */
  state: z.enum(['open', 'set_up', 'signed_out', 'signed_in']),
  account: accountSchema.nullable(),
  permissions: z.array(z.string()),
  /** Whether the set-up page needs the token of the log. */
  needsToken: z.boolean(),
  /** The identity provider that one may sign in by. */
  identityProvider: z.object({ name: z.string() }).nullable(),
})
export type Who = z.infer<typeof whoSchema>

export const patchProfileSchema = z.strictObject({ name: nameSchema })
export const changePasswordSchema = z.strictObject({ current: shownPassword, next: passwordSchema })
export const confirmPasswordSchema = z.strictObject({ password: shownPassword })
export const confirmCodeSchema = z.strictObject({ code: z.string().trim().min(1, 'write the code').max(64) })
export const begunSecondFactorSchema = z.object({ uri: z.string(), recoveryCodes: z.array(z.string()) })

export const signInSessionSchema = z.object({
  id: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** Whether it is the one that asks. */
  isCurrent: z.boolean(),
})
export type SignInSessionView = z.infer<typeof signInSessionSchema>

export const createUserSchema = z.strictObject({
  name: nameSchema,
  email,
  username: username.nullish(),
  role: roleSchema,
  /** Null or missing: signs in by the identity provider or the proxy only. */
  password: passwordSchema.nullish(),
})
export type CreateUser = z.infer<typeof createUserSchema>

export const patchUserSchema = z.strictObject({
  name: nameSchema.optional(),
  email: email.optional(),
  username: username.nullish(),
  role: roleSchema.optional(),
  disabled: z.boolean().optional(),
  reason: z.string().trim().max(500).optional(),
})
export type PatchUser = z.infer<typeof patchUserSchema>

export const setPasswordSchema = z.strictObject({ password: passwordSchema })

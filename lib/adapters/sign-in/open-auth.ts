import { prismaAdapter } from '@better-auth/prisma-adapter'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { betterAuth } from 'better-auth/minimal'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { z } from 'zod'
import { PASSWORD_LENGTH } from '#lib/contract/account.ts'
import type { AccountStore } from '#lib/services/ports.ts'
import { clientOfStore } from './client-of-store.ts'
import { codesOnce } from './codes-once.ts'
import { withHiddenTokens } from './hidden-tokens.ts'

/** The header that tells the library where a browser is; nobody but us sets it. */
export const ADDRESS_HEADER = 'x-switchyard-address'

/** How long somebody stays signed in, s. */
const SESSION_S = 30 * 86_400
/** How long an authenticator's code is good for, s (RFC 6238, 5.2 recommends 30). */
const CODE_S = 30

export type AuthOptions = {
  store: AccountStore
  /** Signs cookies and seals second factors. */
  secret: string
  /** Under which browsers see the console; https makes its cookies secure. */
  url: URL
}

/** better-auth on our tables. Its own HTTP routes are never served: our calls use its functions. */
export function openAuth({ store, secret, url }: AuthOptions) {
  return betterAuth({
    appName: 'Switchyard',
    baseURL: url.origin,
    secret,
    database: prismaAdapter(clientOfStore(withHiddenTokens(store)), { provider: 'sqlite' }),
    user: {
      additionalFields: {
        role: { type: 'string', required: true, defaultValue: 'viewer', input: false },
        username: { type: 'string', required: false, unique: true, input: false },
        disabled: { type: 'boolean', required: true, defaultValue: false, input: false },
      },
    },
    session: { expiresIn: SESSION_S, disableSessionRefresh: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    plugins: [
      twoFactor({ issuer: 'Switchyard', totpOptions: { period: CODE_S } }),
      codesOnce(CODE_S),
      vouching(),
    ],
    advanced: {
      cookiePrefix: 'switchyard',
      useSecureCookies: url.protocol === 'https:',
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: url.pathname },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })
}

export type Auth = ReturnType<typeof openAuth>

/** Opens a session for somebody whom another has vouched for; what the library brings for that would ask them itself. */
const vouching = () => ({
  id: 'vouching',
  endpoints: {
    vouch: createAuthEndpoint(
      '/vouch',
      { method: 'POST', body: z.object({ userId: z.string() }) },
      async (ctx) => {
        const { internalAdapter } = ctx.context
        const user = await internalAdapter.findUserById(ctx.body.userId)
        if (user === null) return ctx.json({ vouched: false })
        const session = await internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ vouched: true })
      },
    ),
  },
})

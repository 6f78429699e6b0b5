import type { BetterAuthPlugin } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { z } from 'zod'

/** What a code is refused with that has let somebody in before. */
export const CODE_USED = 'CODE_USED'

/** What the library calls the cookie of a sign-in whose password was right. */
const CHALLENGE_COOKIE = 'two_factor'
/** It takes the code of one step before and of one after. */
const STEPS_GOOD_FOR = 3

const bodySchema = z.object({ code: z.string() })
const passedSchema = z.object({ token: z.string(), user: z.object({ id: z.string() }) })

const markOf = (userId: string, code: string) => `used-code-${userId}-${code}`
const used = () => new APIError('UNAUTHORIZED', { code: CODE_USED, message: 'The code was used before.' })
const isCode = ({ path }: { path?: string | undefined }) => path === '/two-factor/verify-totp'

/**
 * Lets each code of an authenticator app be used once by its account (RFC 6238, 5.2), which the library leaves to
 * others. `stepS` is for how long the app shows a code.
 */
export const codesOnce = (stepS: number) =>
  ({
    id: 'codes-once',
    hooks: {
      // Before the library looks at it: an attempt that it takes is over, and the password would have to be given again.
      before: [
        {
          matcher: isCode,
          handler: createAuthMiddleware(async (ctx) => {
            const { internalAdapter, secret, createAuthCookie } = ctx.context
            const challenge = await ctx.getSignedCookie(createAuthCookie(CHALLENGE_COOKIE).name, secret)
            const claimed = challenge ? await internalAdapter.findVerificationValue(challenge) : null
            if (claimed === null) return
            const { code } = bodySchema.parse(ctx.body)
            if ((await internalAdapter.findVerificationValue(markOf(claimed.value, code))) !== null)
              throw used()
          }),
        },
      ],
      after: [
        {
          matcher: isCode,
          handler: createAuthMiddleware(async (ctx) => {
            const { internalAdapter, newSession, returned } = ctx.context
            const passed = passedSchema.safeParse(returned)
            if (!passed.success) return
            const { token, user } = passed.data
            const isFirst = await internalAdapter.reserveVerificationValue({
              identifier: markOf(user.id, bodySchema.parse(ctx.body).code),
              value: user.id,
              expiresAt: new Date(Date.now() + STEPS_GOOD_FOR * stepS * 1_000),
            })
            // The same code came twice at once, and the other was there first.
            if (isFirst || newSession?.session.token !== token) return
            await internalAdapter.deleteSession(token)
            throw used()
          }),
        },
      ],
    },
  }) satisfies BetterAuthPlugin

import { SIGN_IN } from '#lib/adapters/secrets/derive-secret.ts'
import { randomBytes } from 'node:crypto'
import type { AccountStore } from '#lib/services/ports.ts'
import type { AuditEntryInput } from '#lib/services/record-audit.ts'
import type { Desk } from '#lib/services/access/desk.ts'
import type { SignIn } from '#lib/services/access/sign-in.ts'
import { createSignInLimits } from '#lib/services/access/sign-in-limits.ts'
import { createKnownBrowsers } from './known-browsers.ts'

type Options = {
  store: AccountStore
  /** A secret for a purpose, made from the installation's own. */
  secretFor: (purpose: string) => string
  /** Under which browsers see the console. */
  url: URL
  now: () => number
  record: (entry: AuditEntryInput) => void
  forgetSessions: () => void
}

/** The desk of a console that people sign in to. */
export function openDesk({ store, secretFor, url, now, record, forgetSessions }: Options): Desk {
  let signIn: Promise<SignIn> | null = null
  const load = async () => {
    const { createSignIn } = await import('#lib/adapters/sign-in/create-sign-in.ts')
    return createSignIn({ store, secret: secretFor(SIGN_IN), url })
  }
  let isSetUp = false
  const count = () => store.ask({ model: 'user', method: 'count', args: {} })
  return {
    // The last administrator cannot go, so that once is for ever.
    isSetUp: async () => (isSetUp ||= Number(await count()) > 0),
    signIn: () => {
      signIn ??= load().catch((error: unknown) => {
        signIn = null
        throw error
      })
      return signIn
    },
    limits: createSignInLimits(now),
    knownBrowsers: createKnownBrowsers(secretFor('known-browsers'), {
      path: url.pathname,
      isSecure: url.protocol === 'https:',
    }),
    record,
    setUpToken: randomBytes(16).toString('base64url'),
    forgetSessions,
  }
}

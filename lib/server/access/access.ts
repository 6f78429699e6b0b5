import type { Principal } from '#lib/domain/access/principal.ts'
import { AppError } from '#lib/domain/errors.ts'
import type { Role } from '#lib/domain/access/roles.ts'
import { findApiKey } from '#lib/services/access/api-keys.ts'
import type { Desk } from '#lib/services/access/desk.ts'
import type { IdentityProvider } from '#lib/services/access/identity-provider.ts'
import { accountOfProxy } from '#lib/services/access/let-in-vouched.ts'
import type { Account } from '#lib/services/access/sign-in.ts'
import type { Engine } from '#lib/services/engine.ts'
import type { Client } from './client.ts'
import { cookieNamed } from './own-cookie.ts'
import type { SessionMemory } from './session-memory.ts'

/** Tells who stands behind a request. */
export type Access = {
  /**
   * Null for somebody who has not signed in. Throws `unauthenticated` for a key that is not known, and `unavailable`
   * when it cannot be told.
   */
  identify: (headers: Headers, client: Client) => Promise<Principal | null>
  /** Where people are let in; null where nobody is asked to sign in. */
  desk: Desk | null
  /** Whom people may sign in by, and as what somebody new comes in; null where there is none. */
  identity: Identity | null
}

/** Who else vouches for people. */
export type Identity = {
  provider: IdentityProvider | null
  newUsers: Role | null
  /** Under which path of its host browsers see the console. */
  basePath: string
}

/** A console that asks nobody to sign in. */
export const openAccess: Access = {
  identify: () => Promise.resolve({ kind: 'anyone' }),
  desk: null,
  identity: null,
}

/** The names of the session's cookie, without TLS and with it. */
const SESSION_COOKIES = ['switchyard.session_token', '__Secure-switchyard.session_token']

type Parts = {
  engine: Pick<Engine, 'apiKeys' | 'clock' | 'journal' | 'sha256'>
  desk: Desk
  sessions: SessionMemory
  identity: Identity
  /** In which header a trusted proxy tells who is there; null: none does. */
  proxyHeader: string | null
  /** What a command of the command line shows, which can read the secret key that it is made from. */
  commandLineToken: string
}

/** A console that people sign in to, and that machines call with keys. */
export function guardedAccess({
  engine,
  desk,
  sessions,
  identity,
  proxyHeader,
  commandLineToken,
}: Parts): Access {
  const bySession = async (cookie: string, client: Client): Promise<Principal | null> => {
    const signIn = await desk.signIn()
    const found = await signIn.recognise({ cookie, address: client.address, userAgent: null })
    return found && principalOf(found.account, found.sessionId)
  }

  const byProxy = async (name: string): Promise<Principal | null> => {
    const { accounts } = await desk.signIn()
    const account = await accountOfProxy(accounts, { name, newUsers: identity.newUsers })
    return account && principalOf(account, null)
  }

  const isCommandLine = (shown: string, { isLocal }: Client) =>
    isLocal && engine.sha256(shown) === engine.sha256(commandLineToken)
  const proxiedOf = (headers: Headers, { isProxied }: Client): string =>
    isProxied && proxyHeader !== null ? (headers.get(proxyHeader)?.trim() ?? '') : ''

  return {
    desk,
    identity,
    identify: async (headers, client) => {
      const shown = bearerOf(headers)
      if (shown !== null)
        return isCommandLine(shown, client) ? { kind: 'command-line' } : byKey(engine, shown)
      const name = proxiedOf(headers, client)
      // Told apart from what a cookie may be made to say.
      if (name !== '') return sessions.recall(`proxy ${name}`, () => byProxy(name))
      const cookie = headers.get('cookie') ?? ''
      const session = SESSION_COOKIES.map((one) => cookieNamed(cookie, one)).find((value) => value !== null)
      return session == null ? null : sessions.recall(`session ${session}`, () => bySession(cookie, client))
    },
  }
}

function byKey(engine: Parts['engine'], shown: string): Principal {
  const key = findApiKey(engine, engine.sha256(shown))
  if (key === null)
    throw new AppError('unauthenticated', 'This API key is not known, was deleted or has expired.')
  return { kind: 'api-key', id: key.id, name: key.name, scopes: key.scopes }
}

const principalOf = ({ id, name, role }: Account, sessionId: string | null): Principal => ({
  kind: 'user',
  id,
  name,
  role,
  sessionId,
})

/** What a machine shows (RFC 6750, 2.1). */
const bearerOf = (headers: Headers): string | null =>
  /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null

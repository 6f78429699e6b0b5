import { notFound } from '#lib/domain/errors.ts'
import type { IdentityProvider } from '#lib/services/access/identity-provider.ts'
import { MEMORY_MS } from '#lib/services/access/identity-provider.ts'
import { addressIn } from '../base-path.ts'
import type { Runtime } from '../runtime.ts'
import type { Client } from './client.ts'
import { cookieLine, cookieName, cookieNamed, type CookieTerms } from './own-cookie.ts'
import { SIGN_IN_PAGE } from './page-gate.ts'

const MEMORY = 'switchyard.identity'

/** The identity provider. Throws `not_found` where there is none. */
export function identityProviderOf({ access }: Runtime): IdentityProvider {
  const provider = access.identity?.provider ?? null
  if (provider === null) throw notFound('identity provider', 'here')
  return provider
}

/** Sends the browser on: to a path of the console, or to the provider's whole URL. */
export const sendTo = (runtime: Runtime, place: string, cookies: readonly string[]): Response => {
  const basePath = runtime.access.identity?.basePath ?? ''
  const location = place.startsWith('/') ? addressIn(basePath, place) : place
  const headers = new Headers({ location, 'cache-control': 'no-store' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}

/** Back to the sign-in page, which tells why. */
export const sendBack = (
  { runtime, client }: { runtime: Runtime; client: Client },
  reason: string,
): Response =>
  sendTo(runtime, `${SIGN_IN_PAGE}?${new URLSearchParams({ refused: reason }).toString()}`, [
    forgetting(client),
  ])

/** What the browser keeps while it is at the identity provider, whose page leads back to us. */
export const remembering = (memory: string, client: Client): string =>
  cookieLine(MEMORY, memory, { ...termsFor(client), lifeS: Math.ceil(MEMORY_MS / 1_000) })

export const forgetting = (client: Client): string =>
  cookieLine(MEMORY, '', { ...termsFor(client), lifeS: 0 })

/** What the browser was given to remember; empty where it was given nothing. */
export const remembered = (headers: Headers, client: Client): string =>
  cookieNamed(headers.get('cookie'), cookieName(MEMORY, termsFor(client))) ?? ''

const termsFor = ({ isSecure }: Client): CookieTerms => ({ path: '/', isSecure })

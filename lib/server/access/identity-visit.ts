import { notFound } from '#lib/domain/errors.ts'
import type { IdentityProvider } from '#lib/services/access/identity-provider.ts'
import { MEMORY_MS } from '#lib/services/access/identity-provider.ts'
import { addressIn } from '../base-path.ts'
import type { Runtime } from '../runtime.ts'
import { SIGN_IN_PAGE } from './page-gate.ts'

const MEMORY_COOKIE = 'switchyard.identity'

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
export const sendBack = (runtime: Runtime, reason: string): Response =>
  sendTo(runtime, `${SIGN_IN_PAGE}?${new URLSearchParams({ refused: reason }).toString()}`, [
    forgetting(false),
  ])

/** What the browser keeps while it is at the identity provider. */
export const remembering = (memory: string, isSecure: boolean): string =>
  cookie(memory, Math.ceil(MEMORY_MS / 1_000), isSecure)

export const forgetting = (isSecure: boolean): string => cookie('', 0, isSecure)

export { MEMORY_COOKIE }

/** Lax: the provider's page leads back to us. */
const cookie = (value: string, lifeS: number, isSecure: boolean): string =>
  [
    `${MEMORY_COOKIE}=${value}`,
    `Max-Age=${lifeS}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ')

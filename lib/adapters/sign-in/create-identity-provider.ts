import type { Configuration, IDToken, UserInfoResponse } from 'openid-client'
import { ownPath } from '#lib/domain/access/own-path.ts'
import type { IdentityProvider, NotVouched, Vouched } from '#lib/services/access/identity-provider.ts'
import type { Secrets } from '#lib/services/ports.ts'
import { createGuardedFetch } from '../http/guarded-fetch.ts'
import { createDiscovery, type DiscoveryOptions, library } from './discovery.ts'
import { notVouched, refusalOfError } from './not-vouched.ts'
import { providerFetch } from './provider-fetch.ts'
import { openMemory, sealMemory, type SignInMemory } from './sign-in-memory.ts'

type IdentityProviderOptions = Omit<DiscoveryOptions, 'fetch'> & {
  name: string
  /** Where the browser comes back to; the provider knows it too, letter by letter. */
  redirectUri: URL
  secrets: Secrets
}

/** Sign-in by an OpenID Connect provider: authorization code, PKCE, state and nonce, by openid-client. */
export function createIdentityProvider(options: IdentityProviderOptions): IdentityProvider {
  const { issuer, name, redirectUri, secrets, now } = options
  const { fetch, close } = createGuardedFetch(options.targets)
  const configuration = createDiscovery({ ...options, fetch: providerFetch(fetch) })

  return {
    name,
    close,
    begin: ({ next }) =>
      unlessRefused(name, async () => {
        const { buildAuthorizationUrl, calculatePKCECodeChallenge, ...random } = await library()
        const memory: SignInMemory = {
          issuer: issuer.href,
          state: random.randomState(),
          nonce: random.randomNonce(),
          verifier: random.randomPKCECodeVerifier(),
          next: ownPath(next),
        }
        const url = buildAuthorizationUrl(await configuration(), {
          redirect_uri: redirectUri.href,
          scope: 'openid email profile',
          code_challenge: await calculatePKCECodeChallenge(memory.verifier),
          code_challenge_method: 'S256',
          state: memory.state,
          nonce: memory.nonce,
        })
        return { url: url.href, memory: sealMemory(memory, secrets, now()) }
      }),
    finish: (callback, sealed) =>
      unlessRefused<Vouched>(name, async () => {
        const memory = openMemory(sealed, secrets, now())
        if (memory === 'expired') return notVouched('expired', name, 'the browser came back too late')
        const isTheirs =
          memory !== 'mismatch' &&
          memory.issuer === issuer.href &&
          callback.searchParams.get('state') === memory.state
        if (!isTheirs) return notVouched('mismatch', name, 'the state is not one of this browser')
        // Behind a proxy the callback's own host may be another than the one the provider knows.
        const current = new URL(callback.search, redirectUri)
        return { ...(await exchange(await configuration(), current, memory)), next: memory.next }
      }),
  }
}

async function exchange(
  configuration: Configuration,
  callback: URL,
  { state, nonce, verifier }: SignInMemory,
): Promise<Omit<Vouched, 'next'>> {
  const { authorizationCodeGrant, fetchUserInfo } = await library()
  const tokens = await authorizationCodeGrant(configuration, callback, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (claims === undefined) throw new Error('No ID token came, though one was asked for.')
  const isAsked = emailOf(claims) === null && configuration.serverMetadata().userinfo_endpoint !== undefined
  const info = isAsked ? await fetchUserInfo(configuration, tokens.access_token, claims.sub) : null
  const teller = info ?? claims
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: emailOf(teller),
    isEmailVerified: emailOf(teller) !== null && isTrue(teller.email_verified),
    name: nameOf(claims) ?? (info === null ? null : nameOf(info)),
  }
}

type Claims = IDToken | UserInfoResponse

const emailOf = ({ email }: Claims): string | null =>
  typeof email === 'string' && email.includes('@') && email.length <= 254 ? email : null

/** Some say it in quotation marks. */
const isTrue = (value: unknown): boolean => value === true || value === 'true'

const nameOf = ({ name, preferred_username: username }: Claims): string | null =>
  [name, username].map((one) => (typeof one === 'string' ? one.trim().slice(0, 100) : '')).find(Boolean) ??
  null

async function unlessRefused<Answer>(
  name: string,
  ask: () => Promise<Answer | NotVouched>,
): Promise<Answer | NotVouched> {
  try {
    return await ask()
  } catch (error) {
    return refusalOfError(error, name)
  }
}

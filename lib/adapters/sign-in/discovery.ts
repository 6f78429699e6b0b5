import type { ClientAuth, Configuration, CustomFetch } from 'openid-client'
import { isThisMachine } from '#lib/domain/network-address.ts'
import type { TargetPolicy } from '#lib/domain/target-policy.ts'

/** How far the provider's clock may be from ours, s. */
const CLOCK_TOLERANCE_S = 30
/** How long one call to it may take, s. */
const TIMEOUT_S = 10
/** How long what it says of itself is believed, ms. */
const DISCOVERY_MS = 3_600_000

export type DiscoveryOptions = {
  issuer: URL
  clientId: string
  clientSecret: string
  /** Where it may be called at. In plain text only on this machine, where that is allowed. */
  targets: TargetPolicy
  fetch: CustomFetch
  /** Epoch ms. */
  now: () => number
}

/** The library is loaded when somebody signs in: who has no identity provider does not pay for it. */
export const library = () => import('openid-client')

/** Asks the provider about itself when that is needed, once for all who wait, and again after a failure. */
export function createDiscovery(options: DiscoveryOptions): () => Promise<Configuration> {
  let held: { at: number; found: Promise<Configuration> } | null = null
  return () => {
    const at = options.now()
    if (held !== null && at - held.at < DISCOVERY_MS) return held.found
    const asked = { at, found: discover(options) }
    held = asked
    asked.found.catch(() => {
      if (held === asked) held = null
    })
    return asked.found
  }
}

async function discover({ issuer, clientId, clientSecret, targets, fetch }: DiscoveryOptions) {
  const openid = await library()
  const isHere = issuer.protocol === 'http:' && isThisMachine(issuer.hostname) && targets.loopback
  const metadata = { client_secret: clientSecret, [openid.clockTolerance]: CLOCK_TOLERANCE_S }
  const basic = openid.ClientSecretBasic(clientSecret)
  const post = openid.ClientSecretPost(clientSecret)
  const authenticate: ClientAuth = (server, ...rest) =>
    (takesBasic(server.token_endpoint_auth_methods_supported) ? basic : post)(server, ...rest)
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- It is called so to be noticed, and is for this machine alone.
  const plainText = isHere ? [openid.allowInsecureRequests] : []
  return openid.discovery(issuer, clientId, metadata, authenticate, {
    [openid.customFetch]: fetch,
    timeout: TIMEOUT_S,
    // Signatures are checked too, though TLS has shown whose the token is.
    execute: [openid.enableNonRepudiationChecks, ...plainText],
  })
}

/** It is what a provider takes that does not say (OpenID Connect Discovery 1.0, 3). */
const takesBasic = (methods: readonly string[] | undefined): boolean =>
  methods === undefined || methods.includes('client_secret_basic') || !methods.includes('client_secret_post')

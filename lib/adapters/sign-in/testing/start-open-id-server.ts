import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'
import { openIdStore } from './open-id-store.ts'
import { rsaKey } from './rsa-key.ts'

export const CLIENT = { clientId: 'switchyard', clientSecret: 'the-secret-of-this-test' }
export const REDIRECT_URI = new URL('http://127.0.0.1:3000/sign-in/callback')

const key = rsaKey('real')

type Person = { sub: string; email?: string; email_verified?: boolean; name?: string }

export type Script = {
  /** Who signs in, always; null: somebody who says no. */
  person: Person | null
  /** How the provider is set up, beside what every test needs. */
  setUp?: Configuration
  /** The port it had before. */
  port?: number
}

/** Starts a certified OpenID Connect server (npm `oidc-provider`) on loopback. */
export async function startOpenIdServer({ person, setUp = {}, port = 0 }: Script) {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const issuer = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const provider = new Provider(issuer.origin, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [REDIRECT_URI.href],
      },
    ],
    adapter: openIdStore,
    jwks: { keys: [key.privateJwk] },
    cookies: { keys: ['a key of this test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...person, sub }) }),
    clientBasedCORS: () => false,
    ...setUp,
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) void interact(provider, person, { request, response })
    else void answer(request, response)
  })
  const stop = async () => {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  return { issuer, port: Number(issuer.port), stop }
}

/** Whoever comes is the person of the script, and agrees to everything. */
async function interact(
  provider: Provider,
  person: Person | null,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
) {
  const finish = (result: Parameters<Provider['interactionFinished']>[2]) =>
    provider.interactionFinished(request, response, result)
  if (person === null) return finish({ error: 'access_denied', error_description: 'The person said no' })
  const { prompt, params, session } = await provider.interactionDetails(request, response)
  if (prompt.name === 'login') return finish({ login: { accountId: person.sub } })
  const grant = new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) })
  grant.addOIDCScope('openid email profile')
  return finish({ consent: { grantId: await grant.save() } })
}

import { json, serve } from '../../http/testing/local-server.ts'
import { CLIENT } from './start-open-id-server.ts'
import { rsaKey } from './rsa-key.ts'

const key = rsaKey('known')

type Lie = {
  /** What the ID token says other than it should; undefined leaves a claim out. */
  claims?: Record<string, unknown>
  /** What the ID token is, whatever it says. */
  idToken?: (honest: string, claims: Record<string, unknown>) => unknown
  metadata?: Record<string, unknown>
  userInfo?: Record<string, unknown>
  /** What the token endpoint answers in place of tokens. */
  tokens?: { status: number; body: unknown }
}

/** An identity provider made by hand that says whatever a test makes it say. */
export async function lyingProvider(lie: Lie = {}) {
  let nonce: string | null = null
  const said = () => {
    const now = Math.floor(Date.now() / 1_000)
    const honest = { iss: server.url, aud: CLIENT.clientId, sub: 'ada', nonce, iat: now, exp: now + 60 }
    const claims = { ...honest, email: 'ada@example.org', email_verified: true, ...lie.claims }
    const token = key.signed(claims)
    return lie.idToken === undefined ? token : lie.idToken(token, claims)
  }
  const answers: Record<string, () => { status?: number; body: unknown }> = {
    '/.well-known/openid-configuration': () => ({
      body: {
        issuer: server.url,
        authorization_endpoint: `${server.url}/authorize`,
        token_endpoint: `${server.url}/token`,
        userinfo_endpoint: `${server.url}/userinfo`,
        jwks_uri: `${server.url}/jwks`,
        ...lie.metadata,
      },
    }),
    '/jwks': () => ({ body: { keys: [key.publicJwk] } }),
    '/token': () =>
      lie.tokens ?? { body: { access_token: 'access', token_type: 'bearer', id_token: said() } },
    '/userinfo': () => ({ body: lie.userInfo ?? { sub: 'ada' } }),
  }
  const server = await serve((response, request) => {
    const { status = 200, body } = answers[request.url ?? '']?.() ?? { status: 404, body: {} }
    json(body, status)(response)
  })
  return {
    issuer: new URL(server.url),
    server,
    /** The callback that the browser comes back with, having done as the provider asked. */
    letIn: (begun: string): URL => {
      const asked = new URL(begun).searchParams
      nonce = asked.get('nonce')
      const callback = new URL(asked.get('redirect_uri') ?? '')
      callback.search = new URLSearchParams({ code: 'a-code', state: asked.get('state') ?? '' }).toString()
      return callback
    },
  }
}

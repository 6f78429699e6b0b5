import { describe, expect, it, onTestFinished } from 'vitest'
import { INSIDE_TOO, OUTSIDE_ONLY } from '#lib/domain/target-policy.ts'
import {
  type Begun,
  type IdentityProvider,
  MEMORY_MS,
  type NotVouched,
} from '#lib/services/access/identity-provider.ts'
import { createSecrets } from '../secrets/create-secrets.ts'
import { createIdentityProvider } from './create-identity-provider.ts'
import { lyingProvider } from './testing/lying-provider.ts'
import { openIdServer } from './testing/open-id-server.ts'
import { CLIENT, REDIRECT_URI } from './testing/start-open-id-server.ts'
import { rsaKey } from './testing/rsa-key.ts'
import { visit } from './testing/visit.ts'

const secrets = createSecrets(Buffer.alloc(32, 7))
const unknown = rsaKey('unknown')
const namesake = rsaKey('known')
const ADA = { sub: 'ada-1', email: 'ada@example.org', email_verified: true, name: 'Ada' }

type Options = Parameters<typeof createIdentityProvider>[0]

function identityProvider(issuer: URL, over: Partial<Options> = {}): IdentityProvider {
  const made = createIdentityProvider({
    ...CLIENT,
    issuer,
    name: 'Example ID',
    redirectUri: REDIRECT_URI,
    targets: INSIDE_TOO,
    secrets,
    now: Date.now,
    ...over,
  })
  onTestFinished(() => made.close())
  return made
}

async function begun(provider: IdentityProvider, next = '/'): Promise<Begun> {
  const answer = await provider.begin({ next })
  if ('refused' in answer) throw new Error(`${answer.refused}: ${answer.detail}`)
  return answer
}

/** A sign-in from begin to end. */
async function signIn(provider: IdentityProvider, next = '/') {
  const { url, memory } = await begun(provider, next)
  return provider.finish(await visit(url), memory)
}

/** What comes of a sign-in by a provider that lies. */
async function believed(lie: Parameters<typeof lyingProvider>[0]) {
  const liar = await lyingProvider(lie)
  const provider = identityProvider(liar.issuer)
  const { url, memory } = await begun(provider)
  return provider.finish(liar.letIn(url), memory)
}

const refused = (why: NotVouched['refused']): unknown =>
  expect.objectContaining({ refused: why, message: expect.stringMatching(/^\S.*\.$/) as string })

describe('signing in by an OpenID Connect server', () => {
  it('tells who somebody is, by the ID token or, where that is short, by what the provider says beside it', async () => {
    for (const conformIdTokenClaims of [true, false]) {
      const { issuer } = await openIdServer({ person: ADA, setUp: { conformIdTokenClaims } })
      expect(await signIn(identityProvider(issuer), '/circuits?state=open')).toEqual({
        issuer: issuer.origin,
        subject: 'ada-1',
        email: 'ada@example.org',
        isEmailVerified: true,
        name: 'Ada',
        next: '/circuits?state=open',
      })
    }
  })

  it('asks with PKCE, a state and a nonce that are new each time, and for no more than it needs', async () => {
    const { issuer } = await openIdServer({ person: ADA })
    const provider = identityProvider(issuer)
    const asked = [await begun(provider), await begun(provider)].map(({ url }) => new URL(url).searchParams)
    for (const one of asked)
      expect(Object.fromEntries(one)).toMatchObject({
        response_type: 'code',
        client_id: CLIENT.clientId,
        redirect_uri: REDIRECT_URI.href,
        scope: 'openid email profile',
        code_challenge_method: 'S256',
      })
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const values = asked.map((one) => one.get(name))
      expect(new Set(values).size).toBe(2)
      for (const value of values) expect(value?.length).toBeGreaterThanOrEqual(43)
    }
  })

  it('takes an unverified address, or none, for what it is', async () => {
    const unsure = await openIdServer({ person: { ...ADA, email_verified: false } })
    expect(await signIn(identityProvider(unsure.issuer))).toMatchObject({
      email: 'ada@example.org',
      isEmailVerified: false,
    })
    const silent = await openIdServer({ person: { sub: 'ada-1' } })
    expect(await signIn(identityProvider(silent.issuer))).toMatchObject({
      subject: 'ada-1',
      email: null,
      isEmailVerified: false,
      name: null,
    })
  })

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example'])(
    'goes on to no page elsewhere: %s',
    async (next) => {
      const { issuer } = await openIdServer({ person: ADA })
      expect(await signIn(identityProvider(issuer), next)).toMatchObject({ next: '/' })
    },
  )

  it('works where a proxy hides the address that the browser sees', async () => {
    const { issuer } = await openIdServer({ person: ADA })
    const provider = identityProvider(issuer)
    const { url, memory } = await begun(provider)
    const { search } = await visit(url)
    const inner = new URL(`http://10.0.0.5:3000/elsewhere${search}`)
    expect(await provider.finish(inner, memory)).toMatchObject({ subject: 'ada-1' })
  })

  it('is refused to whoever says no', async () => {
    const { issuer } = await openIdServer({ person: null })
    expect(await signIn(identityProvider(issuer))).toEqual(refused('denied'))
  })

  it('is refused with a wrong secret, in words that do not repeat it', async () => {
    const { issuer } = await openIdServer({ person: ADA })
    const answer = await signIn(identityProvider(issuer, { clientSecret: 'another-secret-of-this-test' }))
    expect(answer).toEqual(refused('misconfigured'))
    expect(JSON.stringify(answer)).not.toContain('another-secret')
  })
})

describe('a callback', () => {
  async function stage() {
    const { issuer } = await openIdServer({ person: ADA })
    let now = Date.now()
    const provider = identityProvider(issuer, { now: () => now })
    const { url, memory } = await begun(provider)
    return { provider, memory, callback: await visit(url), pass: (ms: number) => (now += ms) }
  }

  it('is good once', async () => {
    const { provider, memory, callback } = await stage()
    expect(await provider.finish(callback, memory)).toMatchObject({ subject: 'ada-1' })
    expect(await provider.finish(callback, memory)).toEqual(refused('expired'))
  })

  it('is refused in another browser, or with another state, or with none', async () => {
    const { provider, memory, callback } = await stage()
    const other = await begun(provider)
    expect(await provider.finish(callback, other.memory)).toEqual(refused('mismatch'))
    expect(await provider.finish(callback, '')).toEqual(refused('mismatch'))
    for (const state of ['wrong', '', null]) {
      const changed = new URL(callback)
      if (state === null) changed.searchParams.delete('state')
      else changed.searchParams.set('state', state)
      expect(await provider.finish(changed, memory)).toEqual(refused('mismatch'))
    }
    expect(await provider.finish(callback, memory)).toMatchObject({ subject: 'ada-1' })
  })

  it('is refused after ten minutes', async () => {
    const { provider, memory, callback, pass } = await stage()
    pass(MEMORY_MS)
    expect(await provider.finish(callback, memory)).toEqual(refused('expired'))
    pass(-1)
    expect(await provider.finish(callback, memory)).toMatchObject({ subject: 'ada-1' })
  })

  it('is refused with a memory that was changed, is another text of ours, or was made with another key', async () => {
    const { provider, memory, callback } = await stage()
    const [version, id, nonce, data = ''] = memory.split('.')
    const bytes = Buffer.from(data, 'base64url')
    bytes[9]! ^= 1
    const forged = [
      [version, id, nonce, bytes.toString('base64url')].join('.'),
      secrets.seal('the key of a provider'),
      secrets.seal(JSON.stringify({ state: callback.searchParams.get('state') })),
      createSecrets(Buffer.alloc(32, 8)).seal(secrets.open(memory)),
    ]
    for (const one of forged) expect(await provider.finish(callback, one)).toEqual(refused('mismatch'))
  })

  it('tells a browser nothing of what we remember', async () => {
    const { memory } = await stage()
    expect(memory.length).toBeLessThan(1_500)
    const { verifier, nonce } = JSON.parse(secrets.open(memory)) as Record<string, string>
    for (const secret of [verifier, nonce]) expect(memory).not.toContain(secret)
  })

  it('from another issuer is refused (RFC 9207)', async () => {
    const { provider, memory, callback } = await stage()
    callback.searchParams.set('iss', 'https://evil.example')
    expect(await provider.finish(callback, memory)).toEqual(refused('untrusted'))
    callback.searchParams.delete('iss')
    expect(await provider.finish(callback, memory)).toEqual(refused('untrusted'))
  })

  it('that reports an error is told apart by whose it is', async () => {
    const { provider, memory, callback } = await stage()
    callback.searchParams.delete('code')
    for (const [error, why] of [
      ['access_denied', 'denied'],
      ['temporarily_unavailable', 'unreachable'],
      ['invalid_scope', 'misconfigured'],
    ] as const) {
      callback.searchParams.set('error', error)
      expect(await provider.finish(callback, memory)).toEqual(refused(why))
    }
  })
})

describe('a provider that lies', () => {
  it('is believed as long as it does not', async () => {
    expect(await believed({})).toMatchObject({ subject: 'ada', isEmailVerified: true })
  })

  const past = Math.floor(Date.now() / 1_000) - 3_600
  it.each<[what: string, lie: Parameters<typeof lyingProvider>[0]]>([
    ['an ID token for another audience', { claims: { aud: 'another-client' } }],
    ['one for several that was given to another', { claims: { aud: [CLIENT.clientId, 'b'], azp: 'b' } }],
    ['one of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['one with another nonce', { claims: { nonce: 'another' } }],
    ['one without a nonce', { claims: { nonce: undefined } }],
    ['one without a subject', { claims: { sub: undefined } }],
    ['one that has expired', { claims: { exp: past } }],
    ['one of the future', { claims: { nbf: past + 7_200 } }],
    ['one by an unknown key', { idToken: (_, claims) => unknown.signed(claims) }],
    ['one by another key of the same name', { idToken: (_, claims) => namesake.signed(claims) }],
    ['one without a signature', { idToken: (honest) => honest.replace(/\.[^.]*$/, '.') }],
    [
      'one that says it needs none',
      {
        idToken: (honest) =>
          `${Buffer.from('{"alg":"none"}').toString('base64url')}.${honest.split('.')[1] ?? ''}.`,
      },
    ],
    ['no ID token', { idToken: () => undefined }],
    ['no JWT', { idToken: () => 'hello' }],
    [
      'the address of somebody else beside it',
      { claims: { email: undefined }, userInfo: { sub: 'eve', email: 'ada@example.org' } },
    ],
  ])('is refused: %s', async (_what, lie) => {
    expect(await believed(lie)).toEqual(refused('untrusted'))
  })

  it('may have a clock that is half a minute off', async () => {
    const now = Math.floor(Date.now() / 1_000)
    expect(await believed({ claims: { nbf: now + 25, exp: now - 20 } })).toMatchObject({ subject: 'ada' })
  })

  it('is not believed about an address by word of the ID token when it came from elsewhere', async () => {
    const answer = await believed({
      claims: { email: undefined, email_verified: true },
      userInfo: { sub: 'ada', email: 'ada@example.org' },
    })
    expect(answer).toMatchObject({ email: 'ada@example.org', isEmailVerified: false })
  })

  it('is not asked for anything when it says that it is another', async () => {
    const liar = await lyingProvider({ metadata: { issuer: 'https://evil.example' } })
    expect(await identityProvider(liar.issuer).begin({ next: '/' })).toEqual(refused('untrusted'))
  })

  it.each([
    ['the token endpoint', { token_endpoint: 'http://198.51.100.7/token' }],
    ['its keys', { jwks_uri: 'http://198.51.100.7/jwks' }],
  ])('sends no secret in plain text to another machine: %s', async (_what, metadata) => {
    expect(await believed({ metadata })).toMatchObject({
      refused: 'misconfigured',
      detail: 'refused by policy: 198.51.100.7 would be called without TLS',
    })
  })

  it('cannot make us call a metadata service', async () => {
    const answer = await believed({ metadata: { token_endpoint: 'https://169.254.169.254/latest' } })
    expect(answer).toMatchObject({
      refused: 'misconfigured',
      detail: 'refused by policy: 169.254.169.254 is a cloud metadata service',
    })
  })

  it('cannot fill our memory', async () => {
    const answer = await believed({ tokens: { status: 200, body: 'a'.repeat(2_000_000) } })
    expect(answer).toMatchObject({ refused: 'unreachable', detail: 'answer too large' })
  })

  it.each([500, 404])('is in trouble when it answers %i', async (status) => {
    expect(await believed({ tokens: { status, body: {} } })).toEqual(refused('unreachable'))
  })
})

describe('the secret', () => {
  it.each([
    [undefined, 'header'],
    [['client_secret_basic', 'client_secret_post'], 'header'],
    [['private_key_jwt'], 'header'],
    [['client_secret_post'], 'form'],
  ])('goes where the provider takes it: %j, in the %s', async (methods, where) => {
    const liar = await lyingProvider({ metadata: { token_endpoint_auth_methods_supported: methods } })
    const provider = identityProvider(liar.issuer)
    const { url, memory } = await begun(provider)
    expect(await provider.finish(liar.letIn(url), memory)).toMatchObject({ subject: 'ada' })
    const asked = liar.server.requests.find((request) => request.url === '/token')
    expect(asked?.headers.authorization !== undefined).toBe(where === 'header')
    expect(asked?.body.includes(CLIENT.clientSecret)).toBe(where === 'form')
  })
})

describe('a provider that is away', () => {
  it('hinders nothing, and is asked again the next time', async () => {
    const first = await openIdServer({ person: ADA })
    await first.stop()
    const provider = identityProvider(first.issuer)
    expect(await provider.begin({ next: '/' })).toEqual(refused('unreachable'))
    await openIdServer({ person: ADA, port: first.port })
    expect(await signIn(provider)).toMatchObject({ subject: 'ada-1' })
  })

  it('refuses whoever comes back meanwhile', async () => {
    const { issuer, stop } = await openIdServer({ person: ADA })
    const provider = identityProvider(issuer)
    const { url, memory } = await begun(provider)
    const callback = await visit(url)
    await stop()
    expect(await provider.finish(callback, memory)).toEqual(refused('unreachable'))
  })

  it('is asked about itself once an hour, however many sign in', async () => {
    const liar = await lyingProvider()
    let now = Date.now()
    const provider = identityProvider(liar.issuer, { now: () => now })
    await Promise.all([begun(provider), begun(provider), begun(provider)])
    expect(liar.server.requests).toHaveLength(1)
    now += 3_600_000
    await begun(provider)
    expect(liar.server.requests).toHaveLength(2)
  })
})

describe('an issuer', () => {
  const begin = (issuer: string, over: Partial<Options> = {}) =>
    identityProvider(new URL(issuer), over).begin({ next: '/' })

  it.each([
    ['https://169.254.169.254/', '169.254.169.254 is a cloud metadata service'],
    ['https://metadata.google.internal/', 'metadata.google.internal is a cloud metadata service'],
    ['https://[fd00:ec2::254]/', 'fd00:ec2::254 is a cloud metadata service'],
  ])('that is a metadata service is never called: %s', async (issuer, reason) => {
    expect(await begin(issuer)).toMatchObject({
      refused: 'misconfigured',
      detail: `refused by policy: ${reason}`,
    })
  })

  it('inside is not called unless that is allowed', async () => {
    const { issuer } = await openIdServer({ person: ADA })
    const secure = `https://${issuer.host}`
    expect(await begin(secure, { targets: OUTSIDE_ONLY })).toMatchObject({
      refused: 'misconfigured',
      detail: 'refused by policy: 127.0.0.1 is loopback',
    })
  })

  it('is not called in plain text, save on this machine where that is allowed', async () => {
    const { issuer } = await openIdServer({ person: ADA })
    expect(await begin('http://10.0.0.1/')).toEqual(refused('misconfigured'))
    expect(await begin('http://id.example/')).toEqual(refused('misconfigured'))
    expect(await begin(issuer.href, { targets: OUTSIDE_ONLY })).toMatchObject({
      refused: 'misconfigured',
      detail: expect.stringContaining('only requests to HTTPS are allowed') as string,
    })
    expect(await begin(issuer.href)).toHaveProperty('url')
  })
})

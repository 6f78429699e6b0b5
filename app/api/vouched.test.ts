import { afterEach, describe, expect, it } from 'vitest'
import { openIdServer } from '#lib/adapters/sign-in/testing/open-id-server.ts'
import { CLIENT, REDIRECT_URI } from '#lib/adapters/sign-in/testing/start-open-id-server.ts'
import { visit } from '#lib/adapters/sign-in/testing/visit.ts'
import { INSIDE_TOO } from '#lib/domain/target-policy.ts'
import { type GuardedStage, stageGuarded } from '#lib/server/access/signed-in.fixture.ts'
import { testBrowser } from './browser.fixture.ts'
import { serveApi } from './serve-api.fixture.ts'

const CALLBACK = new URL('/api/auth/oidc/callback', REDIRECT_URI)
type Env = NonNullable<Parameters<typeof stageGuarded>[0]>

let stage: GuardedStage
let api: Awaited<ReturnType<typeof serveApi>>
afterEach(async () => {
  api.stop()
  await stage.close()
})

async function open(env: Env, trustedProxies: readonly string[] = []) {
  stage = await stageGuarded(env)
  api = await serveApi({ trustedProxies })
}

/** A console with a real OpenID Connect server at which one person signs in. */
async function withProvider(
  person: { sub: string; email: string; email_verified: boolean; name?: string } | null,
  newUsers: Env['newUsers'] = null,
  publicOrigin: string | null = null,
) {
  const callback = publicOrigin === null ? CALLBACK : new URL(CALLBACK.pathname, publicOrigin)
  const client = { client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret }
  const { issuer } = await openIdServer({
    person,
    setUp: { clients: [{ ...client, redirect_uris: [callback.href] }] },
  })
  const identityProvider = { issuer, ...CLIENT, name: 'Acme' }
  const trusted = publicOrigin === null ? [] : ['127.0.0.1']
  await open({ identityProvider, newUsers, publicOrigin, webhookTargets: INSIDE_TOO }, trusted)
}

type From = { headers?: Record<string, string>; home?: string }

/** Goes to the provider and comes back. */
async function comeBack(next = '/circuits', { headers = {}, home = CALLBACK.origin }: From = {}) {
  const browser = testBrowser(api.url)
  const start = `/api/auth/oidc/start?next=${encodeURIComponent(next)}`
  const begun = await browser.send('GET', start, undefined, headers)
  expect(begun.status).toBe(303)
  const back = await visit(begun.headers.get('location')!, home)
  const answer = await browser.send('GET', back.pathname + back.search, undefined, headers)
  return { browser, begun, answer, back, location: answer.headers.get('location') }
}

const ADA = { sub: 's1', email: 'ada@example.org', email_verified: true, name: 'Ada' }

describe('an identity provider', () => {
  it('is on the sign-in page by its name', async () => {
    await withProvider(ADA)
    expect((await testBrowser(api.url).send('GET', '/api/auth/who')).body).toMatchObject({
      identityProvider: { name: 'Acme' },
    })
  })

  it('lets in the user whose verified address it tells, and knows them again by their subject', async () => {
    await withProvider(ADA)
    const signIn = await stage.desk.signIn()
    const { id } = await signIn.accounts.create({
      ...{ name: 'Ada L.', email: ADA.email, username: null, role: 'operator', password: null },
    })
    const { browser, location } = await comeBack()
    expect(location).toBe('/circuits')
    const who = await browser.send('GET', '/api/auth/who')
    expect(who.body).toMatchObject({ state: 'signed_in', account: { id, role: 'operator' } })
    await signIn.accounts.update(id, { email: 'ada@elsewhere.example' })
    expect((await (await comeBack()).browser.send('GET', '/api/auth/who')).body).toMatchObject({
      account: { id },
    })
  })

  it('sends on to a page of our own only', async () => {
    await withProvider(ADA, 'viewer')
    expect((await comeBack('https://evil.example/')).location).toBe('/')
    expect((await comeBack('//evil.example/')).location).toBe('/')
  })

  it('lets in somebody new only where that is said, and as what is said', async () => {
    await withProvider(ADA, 'viewer')
    const { browser } = await comeBack()
    expect((await browser.send('GET', '/api/auth/who')).body).toMatchObject({
      account: { name: 'Ada', email: 'ada@example.org', role: 'viewer' },
    })
    expect((await browser.send('POST', '/api/monitor/run', {})).status).toBe(403)
  })

  it.each([
    ['somebody who is no user here', ADA],
    ['an address that it has not verified', { ...ADA, email_verified: false }],
  ])('does not let in %s', async (_who, person) => {
    await withProvider(person)
    if (!person.email_verified)
      await (
        await stage.desk.signIn()
      ).accounts.create({
        ...{ name: 'Ada', email: ADA.email, username: null, role: 'administrator', password: null },
      })
    const { browser, location } = await comeBack()
    expect(location).toMatch(/^\/sign-in\?refused=ada%40example\.org\+is\+no\+user\+here/)
    expect((await browser.send('GET', '/api/monitor')).status).toBe(401)
  })

  it('that was told no brings back to the sign-in page with the reason', async () => {
    await withProvider(null)
    expect((await comeBack()).location).toMatch(/^\/sign-in\?refused=/)
  })

  it('does not let in a browser that did not begin, nor the same answer twice', async () => {
    await withProvider(ADA, 'viewer')
    const { browser, back } = await comeBack()
    const stranger = testBrowser(api.url)
    const stolen = await stranger.send('GET', back.pathname + back.search)
    expect(stolen.headers.get('location')).toMatch(/^\/sign-in\?refused=/)
    expect((await stranger.send('GET', '/api/monitor')).status).toBe(401)
    const again = await browser.send('GET', back.pathname + back.search)
    expect(again.headers.get('location')).toMatch(/^\/sign-in\?refused=/)
  })
})

describe('with TLS', () => {
  const home = 'https://console.example'
  const byTls = { home, headers: { 'x-forwarded-proto': 'https' } }
  const namesOf = (lines: string[]) => lines.map((line) => line.split('=')[0])

  it('every cookie says by its name that it is secure, and is', async () => {
    await withProvider(ADA, 'viewer', home)
    const { begun, answer, location } = await comeBack('/circuits', byTls)
    expect(location).toBe('/circuits')
    expect(namesOf(begun.setCookies)).toEqual(['__Host-switchyard.identity'])
    expect(namesOf(answer.setCookies)).toEqual([
      '__Secure-switchyard.session_token',
      '__Host-switchyard.browser',
      '__Host-switchyard.identity',
    ])
    for (const line of [...begun.setCookies, ...answer.setCookies]) expect(line).toMatch(/; Secure(;|$)/)
  })

  it('a sign-in that is refused takes away what the browser was given for it', async () => {
    await withProvider(null, null, home)
    const { browser, location } = await comeBack('/circuits', byTls)
    expect(location).toMatch(/^\/sign-in\?refused=/)
    expect([...browser.cookies.keys()]).toEqual([])
  })

  it('no cookie does that without, where browsers would not keep it', async () => {
    await withProvider(ADA, 'viewer')
    const { browser } = await comeBack()
    expect([...browser.cookies.keys()]).toEqual(['switchyard.session_token', 'switchyard.browser'])
  })
})

describe('a trusted proxy', () => {
  const HEADER = 'x-forwarded-user'
  const said = (name: string) => ({ [HEADER]: name })
  const who = async (headers: Record<string, string>) =>
    (await testBrowser(api.url).send('GET', '/api/auth/who', undefined, headers)).body

  it('tells who is there', async () => {
    await open({ authHeader: HEADER }, ['127.0.0.1'])
    const { email, id } = await stage.person('operator')
    expect(await who(said(email))).toMatchObject({ state: 'signed_in', account: { id } })
    expect(await who({})).toMatchObject({ state: 'signed_out' })
    expect(await who(said('nobody@example.org'))).toMatchObject({ state: 'signed_out' })
  })

  it('makes users of whom it names where that is said', async () => {
    await open({ authHeader: HEADER, newUsers: 'viewer' }, ['127.0.0.1'])
    expect(await who(said('bob'))).toMatchObject({ account: { username: 'bob', role: 'viewer' } })
    expect(await who(said('bob'))).toMatchObject({ account: { username: 'bob' } })
    expect(await (await stage.desk.signIn()).accounts.count()).toBe(1)
  })

  it('is not believed where a cookie says what it would say', async () => {
    await open({ authHeader: HEADER, newUsers: 'viewer' }, ['127.0.0.1'])
    expect(await who(said('bob'))).toMatchObject({ account: { username: 'bob' } })
    for (const forged of ['proxy bob', 'bob'])
      expect(await who({ cookie: `switchyard.session_token=${forged}` })).toMatchObject({ account: null })
  })

  it.each([
    ['it is not the one that is named', { authHeader: HEADER }, ['192.0.2.1']],
    ['no header is named', { authHeader: null }, ['127.0.0.1']],
  ] as const)('is not believed where %s', async (_why, env, trusted) => {
    await open({ ...env, newUsers: 'viewer' }, trusted)
    expect(await who(said('bob'))).toMatchObject({ account: null })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  COMMAND_LINE_TOKEN,
  type GuardedStage,
  PASSWORD,
  stageGuarded,
} from '#lib/server/access/signed-in.fixture.ts'
import { type TestBrowser, testBrowser } from './browser.fixture.ts'
import { serveApi } from './serve-api.fixture.ts'

let stage: GuardedStage
let api: Awaited<ReturnType<typeof serveApi>>
let administrator: TestBrowser

const FIRST = { name: 'Ada', email: 'ada@example.org', password: PASSWORD }

beforeAll(async () => {
  stage = await stageGuarded()
  api = await serveApi()
  administrator = testBrowser(api.url)
})
afterAll(async () => {
  api.stop()
  await stage.close()
})

async function signedIn(login: string, password = PASSWORD): Promise<TestBrowser> {
  const browser = testBrowser(api.url)
  const { status } = await browser.send('POST', '/api/auth/sign-in', { login, password })
  expect(status).toBe(200)
  return browser
}

const audited = async (action: string) => {
  const { body } = await administrator.send('GET', `/api/audit?action=${action}&limit=50`)
  return body['items'] as { actor: string; outcome: string; summary: string; address: string }[]
}

describe('set-up', () => {
  it('is all there is before there is an administrator', async () => {
    const stranger = testBrowser(api.url)
    expect((await stranger.send('GET', '/api/auth/who')).body).toMatchObject({
      state: 'set_up',
      permissions: [],
      needsToken: false,
    })
    expect((await stranger.send('GET', '/api/monitor')).status).toBe(401)
    expect((await stranger.send('GET', '/api/health')).status).toBe(200)
  })

  it('asks who does not sit at the machine for the token of the log', async () => {
    const from = { 'x-forwarded-for': '203.0.113.9' }
    const far = testBrowser(api.url)
    expect((await far.send('GET', '/api/auth/who', undefined, from)).body).toMatchObject({ needsToken: true })
    for (const token of [undefined, '', 'guessed'])
      expect((await far.send('POST', '/api/auth/set-up', { ...FIRST, token }, from)).status).toBe(403)
  })

  it('refuses what is no address or too short a password, and makes nobody', async () => {
    const bad = { name: '', email: 'ada', password: 'short' }
    const { status, body } = await administrator.send('POST', '/api/auth/set-up', bad)
    expect(status).toBe(422)
    expect((body['errors'] as { path: string }[]).map(({ path }) => path)).toEqual([
      'name',
      'email',
      'password',
    ])
    expect(await stage.desk.isSetUp()).toBe(false)
  })

  it('makes the administrator and lets them in, once, whoever comes at the same time', async () => {
    const other = testBrowser(api.url)
    const answers = await Promise.all([
      administrator.send('POST', '/api/auth/set-up', FIRST),
      other.send('POST', '/api/auth/set-up', { ...FIRST, email: 'eve@example.org' }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
    if (answers[0].status !== 201) administrator = other
    const { body } = await administrator.send('GET', '/api/auth/who')
    expect(body).toMatchObject({ state: 'signed_in', account: { role: 'administrator' } })
    expect((await administrator.send('GET', '/api/users')).body['items']).toHaveLength(1)
    expect((await testBrowser(api.url).send('POST', '/api/auth/set-up', FIRST)).status).toBe(409)
  })
})

describe('a session', () => {
  it('comes as a cookie that scripts and other sites do not get', async () => {
    const { email } = await stage.person('viewer')
    const { setCookies } = await testBrowser(api.url).send('POST', '/api/auth/sign-in', {
      login: email,
      password: PASSWORD,
    })
    const session = setCookies.find((line) => line.includes('session_token'))
    expect(session).toMatch(/; HttpOnly/i)
    expect(session).toMatch(/; SameSite=Lax/i)
    expect(session).toMatch(/; Path=\//i)
    for (const line of setCookies) expect(line).toMatch(/; HttpOnly/i)
  })

  it('is not what the browser brought, but one of its own', async () => {
    const { email } = await stage.person('viewer')
    const browser = await signedIn(email)
    const before = new Map(browser.cookies)
    await browser.send('POST', '/api/auth/sign-in', { login: email, password: PASSWORD })
    const changed = [...before].filter(([name, value]) => browser.cookies.get(name) !== value)
    expect(changed.map(([name]) => name)).toContain('switchyard.session_token')
  })

  it('ends at once with signing out, everywhere', async () => {
    const { email } = await stage.person('viewer')
    const browser = await signedIn(email)
    const thief = testBrowser(api.url)
    for (const [name, value] of browser.cookies) thief.cookies.set(name, value)
    expect((await thief.send('GET', '/api/monitor')).status).toBe(200)
    expect((await browser.send('POST', '/api/auth/sign-out', {})).status).toBe(200)
    expect((await thief.send('GET', '/api/monitor')).status).toBe(401)
  })

  it('ends at once when its user is disabled, and shrinks at once with their role', async () => {
    const { id, email } = await stage.person('administrator')
    const browser = await signedIn(email)
    expect((await browser.send('GET', '/api/users')).status).toBe(200)
    await administrator.send('PATCH', `/api/users/${id}`, { role: 'viewer' })
    const { status, body } = await browser.send('GET', '/api/users')
    expect({ status, body }).toMatchObject({
      status: 403,
      body: { permission: 'users.manage', leastRole: 'administrator' },
    })
    await administrator.send('PATCH', `/api/users/${id}`, { disabled: true })
    expect((await browser.send('GET', '/api/monitor')).status).toBe(401)
    const again = await testBrowser(api.url).send('POST', '/api/auth/sign-in', {
      login: email,
      password: PASSWORD,
    })
    expect(again.status).toBe(403)
  })

  it('is listed to its user, who may end it, and to nobody else', async () => {
    const { email } = await stage.person('viewer')
    const [one, other] = [await signedIn(email), await signedIn(email)]
    const sessions = (await one.send('GET', '/api/profile/sessions')).body['items'] as {
      id: string
      isCurrent: boolean
    }[]
    expect(sessions.filter(({ isCurrent }) => isCurrent)).toHaveLength(1)
    const theirs = sessions.find(({ isCurrent }) => !isCurrent)!
    const stranger = await signedIn((await stage.person('viewer')).email)
    expect((await stranger.send('DELETE', `/api/profile/sessions/${theirs.id}`)).status).toBe(404)
    expect((await other.send('GET', '/api/monitor')).status).toBe(200)
    expect((await one.send('DELETE', `/api/profile/sessions/${theirs.id}`)).status).toBe(200)
    expect((await other.send('GET', '/api/monitor')).status).toBe(401)
    expect((await one.send('GET', '/api/monitor')).status).toBe(200)
  })

  it('does not carry a call that another site made the browser send', async () => {
    const { email } = await stage.person('operator')
    const browser = await signedIn(email)
    const foreign = { origin: 'https://evil.example' }
    expect((await browser.send('POST', '/api/monitor/run', {}, foreign)).status).toBe(403)
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await browser.send('POST', '/api/monitor/run', {}, form)).status).toBe(415)
    const crossSite = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }
    expect((await browser.send('GET', '/api/monitor', undefined, crossSite)).status).toBe(403)
  })
})

describe('signing in', () => {
  it('answers a wrong password and an unknown user alike', async () => {
    const { email } = await stage.person('viewer')
    const told = async (login: string) => {
      const { status, body } = await testBrowser(api.url).send('POST', '/api/auth/sign-in', {
        login,
        password: 'wrong horse battery',
      })
      return { status, detail: body['detail'], errors: body['errors'] }
    }
    expect(await told(email)).toEqual(await told('nobody@example.org'))
    expect((await told(email)).status).toBe(401)
  })

  it('makes guessing wait, with the seconds to wait', async () => {
    const { email } = await stage.person('viewer')
    const guess = () =>
      testBrowser(api.url).send('POST', '/api/auth/sign-in', { login: email, password: 'wrong' })
    const answers = await Promise.all(Array.from({ length: 8 }, guess))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    const tooMany = answers.find(({ status }) => status === 429)!
    expect(Number(tooMany.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(tooMany.setCookies).toEqual([])
  })

  it('still lets somebody in whose browser is known, while others guess at their account', async () => {
    const { email } = await stage.person('viewer')
    const known = await signedIn(email)
    await known.send('POST', '/api/auth/sign-out', {})
    for (let i = 0; i < 30; i += 1)
      stage.desk.limits.begin({
        login: (await (await stage.desk.signIn()).accounts.findByLogin(email))!.id,
        address: `198.51.100.${i}`,
        knownBrowser: null,
      })
    const asked = { login: email, password: PASSWORD }
    expect((await testBrowser(api.url).send('POST', '/api/auth/sign-in', asked)).status).toBe(429)
    expect((await known.send('POST', '/api/auth/sign-in', asked)).status).toBe(200)
  })

  it('is written down, done or refused, with the address it came from', async () => {
    const { name, email } = await stage.person('viewer')
    await signedIn(email)
    await testBrowser(api.url).send('POST', '/api/auth/sign-in', { login: email, password: 'wrong' })
    expect((await audited('sign-in.done'))[0]).toMatchObject({
      actor: name,
      outcome: 'done',
      address: '127.0.0.1',
    })
    expect((await audited('sign-in.failed'))[0]).toMatchObject({ actor: 'nobody', outcome: 'refused' })
  })
})

describe('an API key', () => {
  const bearer = (key: unknown) => ({ authorization: `Bearer ${String(key)}` })

  it('does what its purposes say until it is deleted', async () => {
    const made = await administrator.send('POST', '/api/keys', { name: 'prometheus', scopes: ['read'] })
    expect(made.status).toBe(201)
    const machine = testBrowser(api.url)
    const headers = bearer(made.body['key'])
    expect((await machine.send('GET', '/api/monitor', undefined, headers)).status).toBe(200)
    expect((await machine.send('POST', '/api/monitor/run', {}, headers)).status).toBe(403)
    const { id } = made.body['apiKey'] as { id: string }
    const { body } = await administrator.send('GET', '/api/keys')
    expect(body['items']).toMatchObject([{ id, lastUsedAt: expect.any(String) as string }])
    expect(JSON.stringify(body)).not.toContain(String(made.body['key']).slice(12))
    expect((await administrator.send('DELETE', `/api/keys/${id}`, {})).status).toBe(200)
    expect((await machine.send('GET', '/api/monitor', undefined, headers)).status).toBe(401)
  })

  it('that is not known is refused, also beside a session', async () => {
    expect((await administrator.send('GET', '/api/monitor', undefined, bearer('guessed'))).status).toBe(401)
    expect((await administrator.send('GET', '/api/monitor')).status).toBe(200)
  })

  it('cannot be made for a past time', async () => {
    const past = { name: 'old', scopes: ['read'], expiresAt: '2020-01-01T00:00:00.000Z' }
    const { status, body } = await administrator.send('POST', '/api/keys', past)
    expect({ status, errors: body['errors'] }).toMatchObject({ status: 422, errors: [{ path: 'expiresAt' }] })
  })
})

describe('the command line', () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

  it('is known by what only the secret key gives, and only from the machine itself', async () => {
    const machine = testBrowser(api.url)
    const shown = bearer(COMMAND_LINE_TOKEN)
    expect((await machine.send('GET', '/api/users', undefined, shown)).status).toBe(200)
    const far = { ...shown, 'x-forwarded-for': '203.0.113.9' }
    expect((await machine.send('GET', '/api/users', undefined, far)).status).toBe(401)
    expect((await machine.send('GET', '/api/users', undefined, bearer('command-line'))).status).toBe(401)
  })
})

describe('users', () => {
  it('never lose their last administrator', async () => {
    const { body } = await administrator.send('GET', '/api/users')
    const all = body['items'] as { id: string; role: string; disabled: boolean }[]
    const others = all.filter(({ role, disabled }) => role === 'administrator' && !disabled)
    const { account } = (await administrator.send('GET', '/api/auth/who')).body as { account: { id: string } }
    for (const { id } of others)
      if (id !== account.id) await administrator.send('DELETE', `/api/users/${id}`, {})
    const path = `/api/users/${account.id}`
    expect((await administrator.send('PATCH', path, { role: 'viewer' })).status).toBe(409)
    expect((await administrator.send('PATCH', path, { disabled: true })).status).toBe(409)
    expect((await administrator.send('DELETE', path, {})).status).toBe(409)
    expect((await administrator.send('PATCH', path, { name: 'Ada L.' })).body).toMatchObject({
      name: 'Ada L.',
    })
  })

  it('are changed on record, without a word of their passwords', async () => {
    const made = await administrator.send('POST', '/api/users', {
      name: 'Bob',
      email: 'bob@example.org',
      role: 'viewer',
      password: PASSWORD,
    })
    expect(made.status).toBe(201)
    const id = String(made.body['id'])
    await administrator.send('PUT', `/api/users/${id}/password`, { password: 'another horse battery' })
    const text = JSON.stringify([...(await audited('user.create')), ...(await audited('user.password'))])
    expect(text).toContain('Bob')
    expect(text).not.toContain('horse')
    expect((await signedIn('bob@example.org', 'another horse battery')).cookies.size).toBeGreaterThan(0)
  })
})

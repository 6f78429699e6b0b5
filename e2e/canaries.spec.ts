import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { APIRequestContext } from '@playwright/test'
import type { RoutingState } from '#lib/contract/decision.ts'
import { registration } from '#demo/register.ts'
import { plant } from './canaries.ts'
import { type Console, prepareConsole } from './console.ts'
import { findLeaks } from './find-leaks.ts'
import { end, expect } from './fixtures.ts'
import { ADA, becomeAda, test as base } from './sign-in.fixture.ts'

const PAGES = [
  '/',
  '/providers/openai-prod',
  '/providers/openai-prod?tab=checks',
  '/providers/openai-prod?tab=configuration',
  '/circuits',
  '/routing',
  '/audit',
  '/settings/providers/openai-prod',
  '/settings/gateway-keys',
  '/settings/api-keys',
  '/settings/users',
  '/settings/data',
  '/profile',
]

const READS = [
  '/api/openapi.json',
  '/api/health',
  '/api/providers/openai-prod',
  '/api/client-keys',
  '/api/keys',
  '/api/users',
  '/api/audit?limit=200',
  '/api/alerts/channels',
  '/api/alerts/rules',
  '/api/alerts/incidents',
  '/api/metrics',
  ...['audit', 'checks', 'history', 'transitions'].flatMap((name) =>
    ['csv', 'json'].map((format) => `/api/export/${name}?format=${format}`),
  ),
]

const test = base.extend<{
  /** A console that tells its log everything, with an identity provider that is not there. */
  talkative: Console
}>({
  talkative: async ({}, provide) => {
    const talkative = await prepareConsole({
      SWITCHYARD_AUTH: 'on',
      SWITCHYARD_LOG_LEVEL: 'trace',
      SWITCHYARD_PRIVATE_WEBHOOKS: 'on',
      // Nobody listens on the discard port.
      SWITCHYARD_OIDC_ISSUER: 'http://127.0.0.1:9',
      SWITCHYARD_OIDC_CLIENT_ID: 'switchyard',
      SWITCHYARD_OIDC_CLIENT_SECRET: plant('the identity provider’s secret'),
    })
    await talkative.start()
    await provide(talkative)
    await end(talkative)
  },
})

/** Changes by a signed-in browser's own requests; a refusal fails the test unless it is what is asked for. */
const changing =
  (request: APIRequestContext, { url }: Console) =>
  async <Answer>(what: string, data: unknown, status = /^2/): Promise<Answer> => {
    const [method = '', path = ''] = what.split(' ')
    const answer = await request.fetch(url + path, { method, data: data ?? undefined })
    expect(String(answer.status()), `${what}: ${await answer.text()}`).toMatch(status)
    return JSON.parse((await answer.text()) || 'null') as Answer
  }

test('what is secret stays where it was put: not in the database, the log, an answer, an export or a backup', async ({
  page,
  fleet,
  talkative,
  complaints,
}) => {
  await becomeAda(page, talkative)
  const change = changing(page.request, talkative)

  // Providers' keys and headers, used and refused, replaced and sent to where they are not wanted.
  for (const one of fleet.providers) await change('POST /api/providers', registration(one))
  const provider = fleet.providers.find(({ provider: { id } }) => id === 'openai-prod')!
  await change('POST /api/providers/openai-prod/check', {})
  const replaced = { expectedVersion: 1, apiKey: plant('a replaced key') }
  await change('PATCH /api/providers/openai-prod', replaced)
  await change('PATCH /api/providers/openai-prod', replaced, /^409/)
  await change('POST /api/providers/openai-prod/check', {})
  await change('POST /api/providers', { ...registration(provider), apiKeyRef: 'env:UNSET' }, /^422/)
  await change('PATCH /api/providers/openai-prod', { expectedVersion: 2, apiKey: provider.provider.apiKey })
  await change('POST /api/providers/openai-prod/check', {})

  // Requests through the gateway, right and wrong; what they say is nobody's business.
  const route = { name: 'chat', models: ['*'], members: [{ providerId: 'openai-prod' }] }
  await change('POST /api/routes', {
    ...route,
    strategy: { type: 'failover', policy: { type: 'immediate' } },
  })
  const { key } = await change<{ key: string }>('POST /api/client-keys', { name: 'checkout' })
  const { gatewayUrl } = await change<RoutingState>('GET /api/routing', null)
  for (const shown of [key, plant('a wrong gateway key')]) {
    const said = { model: 'gpt-4o', messages: [{ role: 'user', content: plant('a prompt') }] }
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${shown}` }
    await fetch(`${gatewayUrl}/v1/chat/completions`, { method: 'POST', headers, body: JSON.stringify(said) })
  }

  // Channels, tested, looked at and refused; an address to write to is a secret as a whole.
  const telling = (path: string) => ({
    kind: 'webhook',
    name: 'Ops',
    settings: {},
    secrets: {
      // Nobody listens on the discard port.
      url: { secret: `http://127.0.0.1:9/${path}` },
      authorization: { secret: `Bearer ${plant('a channel’s credential')}` },
    },
  })
  const address = plant('a channel’s address')
  const { channel } = await change<{ channel: { id: string } }>('POST /api/alerts/channels', telling(address))
  await change('POST /api/alerts/channels', telling(plant('a second channel’s address')), /^422/)
  await change(`POST /api/alerts/channels/${channel.id}/test`, {})
  await change(`GET /api/alerts/channels/${channel.id}/preview`, null)
  const mail = { host: '127.0.0.1', port: 9, user: 'ops', from: 'ops@example.com', to: ['ops@example.com'] }
  const post = await change<{ channel: { id: string } }>('POST /api/alerts/channels', {
    kind: 'email',
    name: 'Mail',
    settings: mail,
    secrets: { password: { secret: plant('a mail server’s password') } },
  })
  await change(`POST /api/alerts/channels/${post.channel.id}/test`, {})

  // People and machines.
  await change('POST /api/keys', { name: 'ci', scopes: ['read'] })
  await fetch(`${talkative.url}/api/monitor`, {
    headers: { authorization: `Bearer ${plant('a wrong API key')}` },
  })
  const vera = {
    name: 'Vera',
    email: 'vera@example.com',
    role: 'viewer',
    password: plant('a user’s password'),
  }
  await change('POST /api/users', vera)
  await change('POST /api/profile/second-factor', { password: ADA.password })
  await change('POST /api/profile/second-factor/confirm', { code: plant('a wrong code') }, /^4/)
  for (const login of [vera.email, vera.password])
    await change('POST /api/auth/sign-in', { login, password: plant('a wrong password') }, /^401/)
  await page.request.get(`${talkative.url}/api/auth/oidc/start`)

  for (const path of PAGES) {
    await page.goto(talkative.url + path)
    await expect(page, 'it is no other page').toHaveURL(talkative.url + path)
  }
  for (const path of READS) expect((await page.request.get(talkative.url + path)).status(), path).toBe(200)
  await change('POST /api/data/backup', {})
  // The browser says what it was refused on purpose.
  complaints.splice(0)
})

const head = (method: string, url: string, headers = {}) =>
  `${JSON.stringify({ method, url, status: 201, headers })}\n`

/** What a console leaves behind, made by hand. */
function staged() {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-leaks-'))
  const [dataDir, answersDir] = [join(folder, 'data'), join(folder, 'answers')]
  for (const path of [dataDir, join(dataDir, 'backups'), answersDir]) mkdirSync(path)
  const write = (name: string, ...parts: (string | Buffer)[]) =>
    writeFileSync(join(folder, name), Buffer.concat(parts.map((part) => Buffer.from(part))))
  write('data/switchyard.db', 'SQLite format 3\0')
  write('answers/1', head('GET', '/api/monitor'))
  return {
    write,
    leaks: (log = 'ready') => findLeaks({ dataDir, answersDir, log }).sort(),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

test('the search for secrets sees them wherever they are, and in whatever coding', () => {
  const { write, leaks, remove } = staged()
  const secret = plant('a secret of this test')
  try {
    expect(leaks()).toEqual([])
    expect(leaks(`ready ${secret}`)).toEqual(['a secret of this test in the log'])
    expect(() => leaks('')).toThrow('no log')

    write('data/backups/one.db', 'x', Buffer.from(secret).toString('base64'))
    write('data/switchyard.db-wal', Buffer.from(secret).toString('hex'))
    write('answers/2', head('GET', '/'), secret)
    // A stream that was cut off.
    const packed = gzipSync(`${secret} and more`).subarray(0, -8)
    write('answers/3', head('GET', '/api/monitor/stream', { 'content-encoding': 'gzip' }), packed)
    write('answers/4', head('GET', '/compare', { link: secret }))
    expect(leaks()).toEqual([
      'a secret of this test in backups/one.db',
      'a secret of this test in switchyard.db-wal',
      'a secret of this test in the answer to GET /',
      'a secret of this test in the answer to GET /api/monitor/stream',
      'a secret of this test in the answer to GET /compare',
    ])
  } finally {
    remove()
  }
})

test('the search for secrets lets a new key and a cookie be told once, and by nobody else', () => {
  const { write, leaks, remove } = staged()
  const [tail, token] = ['a'.repeat(40), 'b'.repeat(32)]
  const apiKey = {
    ...{ id: '1', name: 'ci', prefix: 'sy-api-0000', scopes: ['read'], createdBy: 'Ada' },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', expiresAt: null, lastUsedAt: null },
  }
  const created = JSON.stringify({ apiKey, key: apiKey.prefix + tail, persisted: true })
  const cookie = `switchyard.session_token=${token}.signature; Path=/; HttpOnly`
  try {
    write('answers/2', head('POST', '/api/keys'), created)
    write('answers/3', head('POST', '/api/auth/sign-in', { 'set-cookie': [cookie] }), '{}')
    write('answers/4', head('GET', '/api/keys'), JSON.stringify([apiKey]))
    expect(leaks()).toEqual([])
    write('answers/5', head('GET', '/api/audit'), created, cookie)
    expect(leaks()).toEqual([
      'a cookie (session_token) in the answer to GET /api/audit',
      'an API key in the answer to GET /api/audit',
    ])
  } finally {
    remove()
  }
})

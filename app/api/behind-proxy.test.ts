import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openReverseProxy, type ReverseProxy } from '#e2e/reverse-proxy.ts'
import { problemSchema } from '#lib/contract/monitor.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { sendRaw } from './send-raw.fixture.ts'
import { serveApi } from './serve-api.fixture.ts'

const PUBLIC = 'https://console.example'
const front = { publicOrigin: PUBLIC, trustedProxies: ['127.0.0.1'], hstsMs: 31_536_000_000 }

let stage: Stage
let api: Awaited<ReturnType<typeof serveApi>>
let proxy: ReverseProxy

beforeEach(async () => {
  stage = await stageRuntime()
  api = await serveApi(front)
  proxy = await openReverseProxy({ says: { 'x-forwarded-proto': 'https' } })
  proxy.passTo(api.url)
})
afterEach(async () => {
  proxy.close()
  api.stop()
  await stage.close()
})

const provider = { id: 'acme', name: 'Acme', kind: 'http', baseUrl: 'http://127.0.0.1:1/' }
const create = (url: string, headers: Record<string, string>) =>
  sendRaw(`${url}/api/providers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(provider),
  })

describe('behind a proxy', () => {
  it('the console answers for its public name, and a page of it may change things', async () => {
    const read = await sendRaw(`${proxy.url}/api/health`, { headers: { host: 'console.example' } })
    expect(read.status).toBe(200)
    expect((await create(proxy.url, { host: 'console.example', origin: PUBLIC })).status).toBe(201)
  })

  it('it does so too where the proxy puts its own name for the console into Host', async () => {
    const other = await openReverseProxy({ keepsHost: false })
    other.passTo(api.url)
    expect((await create(other.url, { host: 'console.example', origin: PUBLIC })).status).toBe(201)
    other.close()
  })

  it.each([
    ['another name', { host: 'evil.example' }],
    ['a page of elsewhere', { host: 'console.example', origin: 'https://evil.example' }],
    ['a page of the public name without TLS', { host: 'console.example', origin: 'http://console.example' }],
  ])('it refuses %s', async (_what, headers) => {
    const answer = await create(proxy.url, headers)
    expect(answer.status).toBe(403)
    expect(problemSchema.parse(JSON.parse(answer.text)).detail).not.toBe('')
    expect(stage.runtime.engine.fleet.entries.size).toBe(0)
  })

  it('what fails is logged with the client it failed for, not with the proxy', async () => {
    stage.runtime.engine.reader.events = () => Promise.reject(new Error('the disk is on fire'))
    const headers = {
      host: 'console.example',
      'x-forwarded-for': '198.51.100.4, 203.0.113.7',
      'x-request-id': 'r-1',
    }
    const trusting = await serveApi({ ...front, trustedProxies: ['127.0.0.0/8', '203.0.113.0/24'] })
    proxy.passTo(trusting.url)
    const answer = await sendRaw(`${proxy.url}/api/events`, { headers })
    trusting.stop()
    expect(answer.status).toBe(500)
    expect(JSON.parse(stage.logged())).toMatchObject({ client: '198.51.100.4', requestId: 'r-1' })
  })

  it('browsers that speak TLS are told to insist on it, and no others', async () => {
    const secure = await sendRaw(`${proxy.url}/api/health`, { headers: { host: 'console.example' } })
    const plain = await sendRaw(`${api.url}/api/health`)
    expect(secure.headers['strict-transport-security']).toBe('max-age=31536000')
    expect(plain.headers['strict-transport-security']).toBeUndefined()
  })
})

describe('limits', () => {
  const change = (url: string, headers: Record<string, string> = {}) =>
    sendRaw(`${url}/api/providers/nobody`, {
      method: 'DELETE',
      headers: { host: 'console.example', ...headers },
    })
  /** The statuses of 150 changes that nothing comes of. */
  const changes = async (url: string, headers?: Record<string, string>) => {
    const answers = await Promise.all(Array.from({ length: 150 }, () => change(url, headers)))
    return answers.map(({ status }) => status)
  }

  it('stop one client, tell it when to come back, and no other client', async () => {
    const statuses = await changes(proxy.url, { 'x-forwarded-for': '198.51.100.4' })
    expect(statuses.filter((status) => status === 429)).toHaveLength(50)
    const stopped = await change(proxy.url, { 'x-forwarded-for': '198.51.100.4' })
    expect(stopped.status).toBe(429)
    expect(stopped.headers['retry-after']).toBe('1')
    expect(problemSchema.parse(JSON.parse(stopped.text))).toMatchObject({
      type: 'urn:switchyard:problem:rate_limited',
      requestId: stopped.headers['x-request-id'],
    })
    expect((await change(proxy.url, { 'x-forwarded-for': '198.51.100.5' })).status).toBe(404)
    const made = await change(proxy.url, { 'x-forwarded-for': '198.51.100.5, 198.51.100.4' })
    expect(made.status, 'a hop that the client made up').toBe(429)
  })

  it('do not stop programs of this machine, nor health, outcomes and selections of anybody', async () => {
    expect(await changes(api.url, { host: new URL(api.url).host })).not.toContain(429)
    await changes(proxy.url)
    const asked = (path: string, method: string) =>
      sendRaw(`${proxy.url}${path}`, {
        method,
        headers: { host: 'console.example', 'content-type': 'application/json' },
        ...(method === 'POST' ? { body: '[]' } : {}),
      })
    expect((await change(proxy.url)).status, 'this one is out of changes').toBe(429)
    expect((await asked('/api/health', 'GET')).status).toBe(200)
    expect((await asked('/api/outcomes', 'POST')).status).not.toBe(429)
    expect((await asked('/api/routes/none/select', 'POST')).status).not.toBe(429)
  })
})

describe('without a public URL', () => {
  it('a public name is refused, with what to do about it', async () => {
    const bare = await serveApi()
    const answer = await sendRaw(`${bare.url}/api/health`, { headers: { host: 'console.example' } })
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('SWITCHYARD_PUBLIC_URL')
    bare.stop()
  })
})

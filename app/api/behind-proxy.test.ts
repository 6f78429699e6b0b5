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

describe('without a public URL', () => {
  it('a public name is refused, with what to do about it', async () => {
    const bare = await serveApi()
    const answer = await sendRaw(`${bare.url}/api/health`, { headers: { host: 'console.example' } })
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('SWITCHYARD_PUBLIC_URL')
    bare.stop()
  })
})

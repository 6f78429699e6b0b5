import { once } from 'node:events'
import { connect } from 'node:net'
import { get, type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { problemSchema } from '#lib/contract/monitor.ts'
import { type Operation, takesBody } from '#lib/server/operation.ts'
import { operations } from '#lib/server/operations/index.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { sendRaw, type Sent } from './send-raw.fixture.ts'
import { serveApi } from './serve-api.fixture.ts'

let stage: Stage
let api: Awaited<ReturnType<typeof serveApi>>

beforeEach(async () => {
  stage = await stageRuntime()
  api = await serveApi()
})
afterEach(async () => {
  api.stop()
  await stage.close()
})

const send = (path: string, sent?: Sent) => sendRaw(`${api.url}${path}`, sent)

const JSON_TYPE = { 'content-type': 'application/json' }
const create = (id: string) =>
  send('/api/providers', {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ id, name: id, kind: 'http', baseUrl: 'http://127.0.0.1:1/' }),
  })

describe('a call', () => {
  it('is answered by the handler of its path, with what the path says', async () => {
    expect((await create('a b')).status).toBe(422)
    expect((await create('acme')).status).toBe(201)
    const answer = await send('/api/providers/acme')
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toMatchObject({ provider: { id: 'acme' } })
    expect(answer.headers['content-length']).toBe(String(answer.bytes.byteLength))
    expect((await send('/api/providers/no%20one')).text).toContain('no one')
  })

  it('carries what protects pages, too', async () => {
    const { headers } = await send('/api/health')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  })

  it.each([
    '/api/nothing',
    '/api/providers/acme/nothing',
    '/api/',
    '/api/providers/%E0%A4%A',
    '/api/health/',
  ])('of no path of the contract is not found: %s', async (path) => {
    const answer = await send(path)
    expect(answer.status).toBe(404)
    expect(problemSchema.parse(JSON.parse(answer.text)).status).toBe(404)
  })

  it('that its path does not know is refused, with those it knows', async () => {
    const answer = await send('/api/health', { method: 'DELETE' })
    expect(answer.status).toBe(405)
    expect(answer.headers.allow).toBe('GET, HEAD')
    expect(problemSchema.parse(JSON.parse(answer.text)).detail).toContain('DELETE')
    expect((await send('/api/health', { method: 'PURGE', headers: JSON_TYPE })).status).toBe(405)
    expect((await send('/api/health', { method: 'OPTIONS' })).status).toBe(405)
  })

  it('for the head alone has no body', async () => {
    const answer = await send('/api/health', { method: 'HEAD' })
    expect([answer.status, answer.bytes.byteLength]).toEqual([200, 0])
    expect(answer.headers['content-type']).toContain('json')
  })

  it.each([
    ['a foreign page', { origin: 'https://evil.example' }, 403],
    ['a rebound name', { host: 'evil.example' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415],
  ])('from %s changes nothing', async (_who, headers, status) => {
    const body = JSON.stringify({ id: 'acme', name: 'acme', kind: 'http', baseUrl: 'http://127.0.0.1:1/' })
    const answer = await send('/api/providers', {
      method: 'POST',
      headers: { ...JSON_TYPE, ...headers },
      body,
    })
    expect(answer.status).toBe(status)
    expect(JSON.parse((await send('/api/providers')).text)).toMatchObject({ items: [] })
  })

  it.each(
    Object.values<Operation>(operations)
      .filter(takesBody)
      .map(({ method, path }) => [method, path]),
  )('with a body of megabytes is refused, whether or not it says so before: %s %s', async (method, path) => {
    const body = JSON.stringify({ name: 'x'.repeat(2_000_000) })
    for (const headers of [{ 'content-length': String(body.length) }, { 'transfer-encoding': 'chunked' }]) {
      const answer = await send(path.replaceAll(/\{\w+\}/g, 'x'), {
        method,
        headers: { ...JSON_TYPE, ...headers },
        body,
      })
      expect(answer.status).toBe(413)
    }
  })

  it('that takes no body does not wait for one', async () => {
    const outgoing = request(`${api.url}/api/health`, { headers: { 'transfer-encoding': 'chunked' } })
    outgoing.write('x'.repeat(100_000))
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
    expect(incoming.statusCode).toBe(200)
    outgoing.destroy()
  })

  it.each([
    ['a method that no fetch knows', 'TRACE /api/health HTTP/1.1', 'localhost', 405],
    ['a name and a word before the host', 'GET /api/health HTTP/1.1', 'ann:word@localhost', 403],
    ['a host that is none', 'GET /api/health HTTP/1.1', 'local host', 403],
    ['a path that is none', 'GET //[ HTTP/1.1', 'localhost', 400],
  ])('with %s is refused, and the next one is served', async (_what, line, host, status) => {
    const { port } = new URL(api.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      `${line}\r\nhost: ${host}:${port}\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n`,
    )
    expect((await buffer(socket)).toString()).toContain(`HTTP/1.1 ${status} `)
    expect((await send('/api/health')).status).toBe(200)
  })

  it('that is no HTTP at all is answered too, and the next one is served', async () => {
    const { port } = new URL(api.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write('GARBAGE\r\n\r\n')
    expect((await buffer(socket)).toString()).toContain('HTTP/1.1 400 Bad Request')
    expect((await send('/api/health')).status).toBe(200)
  })
})

describe('an answer', () => {
  it.each([
    ['of a call', '/api/health', {}, 200],
    ['of the stream of a file', '/api/export/transitions?format=csv', {}, 200],
    ['to no path', '/api/nothing', {}, 404],
    ['to a wrong value', '/api/events?limit=none', {}, 422],
    ['to a foreign page', '/api/health', { origin: 'https://evil.example' }, 403],
    ['to a foreign host', '/api/health', { host: 'evil.example' }, 403],
  ])(
    'carries the id that it was asked under, or one of its own: %s',
    async (_what, path, headers, status) => {
      const given = await send(path, { headers: { ...headers, 'x-request-id': 'trace-1.2:3' } })
      expect([given.status, given.headers['x-request-id']]).toEqual([status, 'trace-1.2:3'])
      const ids = new Set<unknown>()
      for (const bad of ['', 'a b', 'x'.repeat(129), '<script>']) {
        const answer = await send(path, { headers: { ...headers, 'x-request-id': bad } })
        expect(answer.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/)
        ids.add(answer.headers['x-request-id'])
      }
      expect(ids.size).toBe(4)
    },
  )

  it('in lines has one id from the first to the last', async () => {
    const [from, to] = [Date.now() - 60_000, Date.now()].map((at) => new Date(at).toISOString())
    const answer = await send('/api/settings/suggest', {
      method: 'POST',
      headers: { ...JSON_TYPE, accept: 'application/x-ndjson' },
      body: JSON.stringify({ from, to, providerId: 'nobody' }),
    })
    const problem = { status: 422, requestId: answer.headers['x-request-id'] }
    expect(JSON.parse(answer.text)).toMatchObject({ type: 'problem', problem })
  })

  it('that breaks off is no whole one, and is logged under its id', async () => {
    await create('acme')
    const body = JSON.stringify({ mode: 'forced_open', reason: 'a test', ttl: '1h' })
    await send('/api/circuits/acme/override', { method: 'PUT', headers: JSON_TYPE, body })
    const { reader } = stage.runtime.engine
    const events = reader.events.bind(reader)
    let isFirst = true
    reader.events = async (asked) => {
      if (!isFirst) throw new Error('the disk is on fire')
      isFirst = false
      return { ...(await events(asked)), nextCursor: 'more' }
    }
    const headers = { 'x-request-id': 'trace-1' }
    await expect(send('/api/export/transitions?format=csv', { headers })).rejects.toThrow('aborted')
    expect(JSON.parse(stage.logged())).toMatchObject({
      requestId: 'trace-1',
      path: '/api/export/transitions',
      err: { message: 'the disk is on fire' },
    })
  })

  it('is compressed for who takes that, and only where it is worth it', async () => {
    const plain = await send('/api/openapi.json')
    const small = await send('/api/health', { headers: { 'accept-encoding': 'gzip' } })
    const packed = await send('/api/openapi.json', { headers: { 'accept-encoding': 'br, gzip;q=0.5' } })
    const refused = await send('/api/openapi.json', { headers: { 'accept-encoding': 'gzip;q=0' } })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(packed.bytes.byteLength).toBeLessThan(plain.bytes.byteLength / 3)
    expect(gunzipSync(packed.bytes).toString()).toBe(plain.text)
    for (const { headers } of [plain, small, refused]) expect(headers['content-encoding']).toBeUndefined()
    for (const { headers } of [plain, packed]) expect(headers.vary).toContain('accept-encoding')
  })

  it('that is written while it is read is compressed piece by piece', async () => {
    await create('acme')
    const plain = await send('/api/export/transitions?format=csv')
    const packed = await send('/api/export/transitions?format=csv', {
      headers: { 'accept-encoding': 'gzip' },
    })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(packed.bytes).toString()).toBe(plain.text)
    expect(plain.text).toContain('at,')
  })

  it('that never ends comes as it is made, and ends with its client', async () => {
    const { hub } = stage.runtime
    const outgoing = get(`${api.url}/api/monitor/stream`)
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
    const [first] = (await once(incoming, 'data')) as [Buffer]
    expect(first.toString()).toContain('event: hello')
    expect(incoming.headers['content-type']).toBe('text/event-stream; charset=utf-8')
    expect(hub.clients()).toBe(1)
    outgoing.destroy()
    await expect.poll(() => hub.clients()).toBe(0)
  })
})

import { sealedHeader } from '#lib/domain/secret-header.ts'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as immediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { AppError } from '#lib/domain/errors.ts'
import { describe, expect, it } from 'vitest'
import type { RawResult } from '#lib/domain/raw-result.ts'
import { json, serve, serveRaw } from './testing/local-server.ts'
import { clock, probeOnce, prober, provider } from './testing/probe-once.ts'
import { selfSigned } from './testing/self-signed.ts'

const MODELS = { object: 'list', data: [{ id: 'm-1', object: 'model' }] }
const TOMORROW = new Date(Date.now() + 86_400_000)
const never = new AbortController().signal

const at = (url: string, over: Parameters<typeof provider>[0] = {}) =>
  provider({ baseUrl: `${url}/v1`, ...over })
const named = (url: string) => url.replace('127.0.0.1', 'llm.example')
const resolve = (
  _name: string,
  answer: (error: null, addresses: { address: string; family: number }[]) => void,
) => answer(null, [{ address: '127.0.0.1', family: 4 }])

/** A raw answer with this head, whose body is written by the caller. */
const head = (...lines: string[]) =>
  ['HTTP/1.1 200 OK', 'content-type: application/json', ...lines, '', ''].join('\r\n')

describe('a good check', () => {
  it('reads the list and measures what it did', async () => {
    const server = await serve(json(MODELS))
    const before = clock.now()
    const raw = await probeOnce(at(server.url))
    expect(raw).toMatchObject({
      httpStatus: 200,
      failure: null,
      headers: {},
      errorCode: null,
      excerpt: null,
      usage: null,
    })
    expect(raw.startedAt).toBeGreaterThanOrEqual(before)
    expect(raw.endedAt).toBeGreaterThan(raw.startedAt)
    expect(raw.phases).toMatchObject({ dnsMs: null, tlsMs: null })
    expect(raw.phases.connectMs).toBeGreaterThanOrEqual(0)
    expect(raw.phases.firstByteMs).toBeGreaterThan(0)
    expect(server.requests[0]).toMatchObject({ method: 'GET', url: '/v1/models' })
  })

  it('measures the name lookup of a host that has a name', async () => {
    const server = await serve(json(MODELS))
    const { phases } = await probeOnce(at(named(server.url)), { resolve })
    expect(phases.dnsMs).toBeGreaterThanOrEqual(0)
    expect(phases.connectMs).toBeGreaterThanOrEqual(0)
  })

  it('reuses a connection for a check that follows soon, and then has no connection to measure', async () => {
    const server = await serve(json(MODELS))
    const made = prober()
    const options = { timeoutMs: 10_000, signal: never }
    expect((await made.probe(at(server.url), options)).phases.connectMs).not.toBeNull()
    await immediate()
    const second = await made.probe(at(server.url), options)
    expect(second.phases).toMatchObject({ dnsMs: null, connectMs: null, tlsMs: null })
    expect(second.phases.firstByteMs).toBeGreaterThan(0)
    expect(server.connections()).toBe(1)
  })

  it('asks once more when a kept connection turns out to be closed', async () => {
    let served = 0
    const server = await serveRaw((socket) => {
      socket.on('data', () => {
        served += 1
        // The second request on a connection meets the moment at which the server gives it up.
        if (served === 2) socket.destroy()
        else
          socket.write(`${head('content-length: 42')}${JSON.stringify({ data: [{ id: 'm-1' }] }).padEnd(42)}`)
      })
    })
    const made = prober()
    const options = { timeoutMs: 10_000, signal: never }
    expect((await made.probe(at(server.url), options)).failure).toBeNull()
    await immediate()
    expect((await made.probe(at(server.url), options)).failure).toBeNull()
    expect({ served, connections: server.connections() }).toEqual({ served: 3, connections: 2 })
  })

  it('runs many checks of one server at once', async () => {
    const server = await serve(json(MODELS))
    const made = prober()
    const all = await Promise.all(
      Array.from({ length: 50 }, () => made.probe(at(server.url), { timeoutMs: 10_000, signal: never })),
    )
    expect(all.every(({ failure, phases }) => failure === null && phases.connectMs !== null)).toBe(true)
  })

  it('does not mind a wrong content type, nor a body packed unasked', async () => {
    const wrong = await serve((response) =>
      response.writeHead(200, { 'content-type': 'nonsense' }).end(JSON.stringify(MODELS)),
    )
    expect((await probeOnce(at(wrong.url))).failure).toBeNull()
    const packed = await serve((response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(MODELS))),
    )
    expect((await probeOnce(at(packed.url))).failure).toBeNull()
  })

  it('is not confused by an interim answer', async () => {
    const server = await serve((response) => {
      response.writeProcessing()
      json(MODELS)(response)
    })
    expect(await probeOnce(at(server.url))).toMatchObject({ httpStatus: 200, failure: null })
  })
})

describe('a server that cannot be reached', () => {
  it('refused', async () => {
    const server = await serve(json(MODELS))
    await server.stop()
    const raw = await probeOnce(at(server.url))
    expect(raw).toMatchObject({ httpStatus: null, failure: { kind: 'refused', message: 'connect refused' } })
    expect(raw.phases.firstByteMs).toBeNull()
  })

  it('a name that does not exist', async () => {
    const raw = await probeOnce(at('http://no-such-host.invalid'), {
      resolve: (_name, answer) =>
        answer(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), undefined),
    })
    expect(raw.failure).toEqual({ kind: 'dns', message: 'name not found' })
  })

  it('a name that the system cannot resolve', async () => {
    expect((await probeOnce(at('http://no-such-host.invalid'))).failure?.kind).toBe('dns')
  })

  it('a name server that never answers', async () => {
    const raw = await probeOnce(at('http://slow.example'), { resolve: () => undefined, connectTimeoutMs: 60 })
    expect(raw.failure).toEqual({ kind: 'dns', message: 'name not resolved within 60 ms' })
  })

  it('a TLS handshake that never comes, by its own time-out', async () => {
    const server = await serveRaw(() => undefined)
    const raw = await probeOnce(at(server.url.replace('http:', 'https:')), { connectTimeoutMs: 60 })
    expect(raw.failure).toEqual({ kind: 'connect_timeout', message: 'no TLS handshake within 60 ms' })
    expect(raw.phases.connectMs).not.toBeNull()
  })

  it('a TLS handshake that never comes, by the whole time-out', async () => {
    const server = await serveRaw(() => undefined)
    const raw = await probeOnce(at(server.url.replace('http:', 'https:')), { timeoutMs: 60 })
    expect(raw.failure).toEqual({ kind: 'connect_timeout', message: 'no TLS handshake within 60 ms' })
  })
})

describe('TLS', () => {
  it('is measured', async () => {
    const certificate = selfSigned(['127.0.0.1'], TOMORROW)
    const server = await serve(json(MODELS), certificate)
    // Trusting a certificate is the process's affair, so the good case is a child's.
    const script = `
      const { createProber } = await import('./lib/adapters/http/prober.ts')
      const { provider } = JSON.parse(process.argv[1])
      const prober = createProber({ clock: { now: () => performance.now() }, secrets: { open: (s) => s }, resolveReference: () => null, targets: { private: true, loopback: true } })
      const raw = await prober.probe(provider, { timeoutMs: 10000, signal: new AbortController().signal })
      await prober.close()
      process.stdout.write(JSON.stringify(raw))`
    const raw = await inChild(script, { provider: at(server.url) }, certificate.cert)
    expect(raw).toMatchObject({ httpStatus: 200, failure: null })
    expect(raw.phases.tlsMs).toBeGreaterThan(0)
    expect(raw.phases.connectMs).toBeGreaterThanOrEqual(0)
  })

  it('names what is wrong with a certificate', async () => {
    const server = await serve(json(MODELS), selfSigned(['127.0.0.1'], TOMORROW))
    expect((await probeOnce(at(server.url))).failure).toEqual({
      kind: 'tls',
      message: 'self-signed certificate',
    })
  })

  it('a server that speaks no TLS', async () => {
    const server = await serve(json(MODELS))
    expect((await probeOnce(at(server.url.replace('http:', 'https:')))).failure?.kind).toBe('tls')
  })

  it('a connection lost within the handshake', async () => {
    const server = await serveRaw((socket) => socket.once('data', () => socket.destroy()))
    expect((await probeOnce(at(server.url.replace('http:', 'https:')))).failure?.kind).toBe('tls')
  })
})

describe('an answer that does not come, or not whole', () => {
  it('hangs before the headers', async () => {
    const server = await serve(() => undefined)
    const raw = await probeOnce(at(server.url), { timeoutMs: 80 })
    expect(raw).toMatchObject({
      httpStatus: null,
      failure: { kind: 'response_timeout', message: 'no answer within 80 ms' },
    })
  })

  it('hangs before the headers, by the first byte alone', async () => {
    const server = await serve(() => undefined)
    const raw = await probeOnce(at(server.url), { firstByteTimeoutMs: 80 })
    expect(raw.failure).toEqual({ kind: 'response_timeout', message: 'no answer within 80 ms' })
  })

  it('hangs in the body', async () => {
    const server = await serve((response) => response.writeHead(200).write('{"data":['))
    const raw = await probeOnce(at(server.url), { timeoutMs: 120 })
    expect(raw).toMatchObject({
      httpStatus: 200,
      failure: { kind: 'stalled', message: 'answer not complete within 120 ms' },
    })
  })

  it('hangs in the body after the first byte was in time', async () => {
    const server = await serve((response) => response.writeHead(200).write('{"data":['))
    const raw = await probeOnce(at(server.url), { timeoutMs: 150, firstByteTimeoutMs: 100 })
    expect(raw.failure).toEqual({ kind: 'stalled', message: 'answer not complete within 150 ms' })
  })

  it('comes byte by byte, and ends with the whole time-out', async () => {
    let timer: NodeJS.Timeout | undefined
    const server = await serve((response) => {
      response.writeHead(200)
      timer = setInterval(() => response.write(' '), 5)
    })
    const raw = await probeOnce(at(server.url), { timeoutMs: 150 })
    clearInterval(timer)
    expect(raw).toMatchObject({ httpStatus: 200, failure: { kind: 'stalled' } })
    expect(raw.endedAt - raw.startedAt).toBeGreaterThanOrEqual(140)
  })

  it('comes while the machine sleeps, and lies there until long after the time-out', async () => {
    let now = 0
    const server = await serve((response) => {
      now += 90_000
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(MODELS))
    })
    const raw = await probeOnce(at(server.url), { timeoutMs: 10_000, clock: { now: () => now } })
    expect(raw).toMatchObject({
      httpStatus: 200,
      failure: { kind: 'response_timeout', message: 'no answer within 10 s' },
    })
  })

  it('is reset before the headers', async () => {
    const server = await serveRaw((socket) => socket.once('data', () => socket.resetAndDestroy()))
    expect(await probeOnce(at(server.url))).toMatchObject({
      httpStatus: null,
      failure: { kind: 'reset', message: 'connection reset' },
    })
    expect(server.connections()).toBe(1)
  })

  it('hangs after an interim answer', async () => {
    const server = await serve((response) => response.writeProcessing())
    const raw = await probeOnce(at(server.url), { timeoutMs: 120 })
    expect(raw).toMatchObject({ httpStatus: null, failure: { kind: 'response_timeout' } })
  })

  it('is closed before the headers', async () => {
    const server = await serveRaw((socket) => socket.once('data', () => socket.end()))
    expect((await probeOnce(at(server.url))).failure).toEqual({
      kind: 'reset',
      message: 'connection closed before an answer',
    })
  })

  it('is reset within the body', async () => {
    const server = await serve((response) => {
      response.writeHead(200).write('{"data":[', () => response.socket?.resetAndDestroy())
    })
    const raw = await probeOnce(at(server.url))
    expect(raw).toMatchObject({ httpStatus: 200, failure: { kind: 'body_broken' } })
  })

  it('promises more than it sends', async () => {
    const server = await serveRaw((socket) =>
      socket.once('data', () => socket.end(`${head('content-length: 100')}{"data":[]}`)),
    )
    expect((await probeOnce(at(server.url))).failure?.kind).toBe('body_broken')
  })

  it('promises less than it sends', async () => {
    const server = await serveRaw((socket) =>
      socket.once('data', () => socket.end(`${head('content-length: 5')}{"data":[]}`)),
    )
    expect((await probeOnce(at(server.url))).failure?.kind).toBe('bad_body')
  })

  it('has a broken chunk', async () => {
    const server = await serveRaw((socket) =>
      socket.once('data', () => socket.end(`${head('transfer-encoding: chunked')}5\r\n{"dat\r\nZZ\r\n`)),
    )
    expect((await probeOnce(at(server.url))).failure?.kind).toBe('body_broken')
  })

  it('is not HTTP', async () => {
    const server = await serveRaw((socket) =>
      socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.9\r\n')),
    )
    expect((await probeOnce(at(server.url))).failure).toEqual({
      kind: 'bad_body',
      message: 'answer is not HTTP',
    })
  })

  it('is larger than a list of models can be', async () => {
    const server = await serve((response) => {
      response.writeHead(200)
      const more = () => {
        if (!response.destroyed && response.write(Buffer.alloc(65_536, 0x20))) setImmediate(more)
        else response.once('drain', more)
      }
      more()
    })
    const closed = server.closed()
    const raw = await probeOnce(at(server.url))
    expect(raw.failure).toEqual({ kind: 'body_too_large', message: 'answer larger than 1024 KiB' })
    await closed
  })

  it('unpacks to more than is read', async () => {
    const server = await serve((response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000, 0x20))),
    )
    expect((await probeOnce(at(server.url))).failure).toEqual({
      kind: 'bad_body',
      message: 'answer cannot be unpacked',
    })
  })
})

describe('an answer that is not what the API promises', () => {
  it.each<[why: string, body: string, message: string]>([
    ['nothing', '', 'answer is empty'],
    ['a page', '<html><body>It works!</body></html>', 'answer is not JSON'],
    ['cut JSON', '{"data":[', 'answer is not JSON'],
    ['a number', '42', 'no list of models in the answer'],
    ['null', 'null', 'no list of models in the answer'],
    ['another object', '{"status":"ok"}', 'no list of models in the answer'],
    ['a list of something else', '{"data":[{"name":"x"}]}', 'the list holds something that is no model'],
    ['a list of nulls', '{"data":[null]}', 'the list holds something that is no model'],
  ])('%s', async (_why, body, message) => {
    const server = await serve((response) => response.writeHead(200).end(body))
    expect(await probeOnce(at(server.url))).toMatchObject({
      httpStatus: 200,
      failure: { kind: 'bad_body', message },
    })
  })

  it.each<[why: string, body: unknown, code: string | null, message: string]>([
    [
      'OpenAI',
      { error: { message: 'gone wrong', type: 'server_error', code: null } },
      'server_error',
      'gone wrong',
    ],
    [
      'Anthropic',
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
      'overloaded_error',
      'Overloaded',
    ],
    [
      'Google',
      [{ error: { code: 503, message: 'try later', status: 'UNAVAILABLE' } }],
      'UNAVAILABLE',
      'try later',
    ],
    ['Ollama', { error: 'model failed' }, null, 'model failed'],
    [
      'vLLM',
      { object: 'error', message: 'engine dead', type: 'InternalServerError' },
      'InternalServerError',
      'engine dead',
    ],
  ])('an error inside a 200, as %s writes it', async (_why, body, ...[errorCode, excerpt]) => {
    const server = await serve(json(body))
    expect(await probeOnce(at(server.url))).toMatchObject({
      httpStatus: 200,
      failure: { kind: 'error_body', message: `error inside a good answer: ${excerpt}` },
      errorCode,
      excerpt,
    })
  })
})

describe('an error answer', () => {
  it.each<[why: string, status: number, body: string, code: string | null, excerpt: string | null]>([
    [
      'OpenAI',
      429,
      '{"error":{"message":"no quota","type":"insufficient_quota","code":"insufficient_quota"}}',
      'insufficient_quota',
      'no quota',
    ],
    [
      'Google',
      400,
      '{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}',
      'API_KEY_INVALID',
      'API key not valid.',
    ],
    ['Cohere', 401, '{"message":"invalid api token"}', null, 'invalid api token'],
    ['FastAPI', 404, '{"detail":"Not Found"}', null, 'Not Found'],
    ['Azure', 401, '{"error":{"code":"401","message":"Access denied"}}', null, 'Access denied'],
    ['a plain line', 503, 'upstream connect error\n', null, 'upstream connect error'],
    ['a page', 502, '<html>Bad Gateway</html>', null, null],
    ['nothing', 500, '', null, null],
    ['several lines', 500, '{"error":"a\\n\\n b"}', null, 'a b'],
  ])('%s', async (_why, status, ...[body, errorCode, excerpt]) => {
    const server = await serve((response) => response.writeHead(status).end(body))
    expect(await probeOnce(at(server.url))).toMatchObject({
      httpStatus: status,
      failure: null,
      errorCode,
      excerpt,
    })
  })

  it('speaks by its status also where its body breaks off', async () => {
    const server = await serve((response) => {
      response.writeHead(503, { 'retry-after': '7' }).write('{', () => response.socket?.resetAndDestroy())
    })
    expect(await probeOnce(at(server.url))).toMatchObject({
      httpStatus: 503,
      failure: null,
      headers: { 'retry-after': '7' },
    })
  })

  it('keeps the headers about limits and no others', async () => {
    const limits = {
      'retry-after': 'Wed, 04 Mar 2026 05:06:17 GMT',
      'retry-after-ms': '1500',
      'x-ms-retry-after-ms': '250',
      'x-ratelimit-reset-requests': '6m0s',
      'x-ratelimit-remaining-tokens': '0',
      'anthropic-ratelimit-input-tokens-reset': '2026-03-04T05:06:27Z',
    }
    const server = await serve(json({}, 429, { ...limits, 'set-cookie': 'a=b', 'x-request-id': 'r-1' }))
    expect((await probeOnce(at(server.url))).headers).toEqual(limits)
  })
})

describe('redirects', () => {
  it('are followed on the same host', async () => {
    const server = await serve((response, { url }) => {
      if (url === '/v1/models') response.writeHead(301, { location: '/v2/models' }).end()
      else json(MODELS)(response)
    })
    expect(await probeOnce(at(server.url))).toMatchObject({ httpStatus: 200, failure: null })
    expect(server.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/v1/models', 'Bearer test-key-0123456789'],
      ['/v2/models', 'Bearer test-key-0123456789'],
    ])
  })

  it('are not followed to another host, nor another port', async () => {
    const other = await serve(json(MODELS))
    for (const location of [
      `${other.url}/v1/models`,
      'https://evil.example/models',
      '//evil.example/models',
    ]) {
      const server = await serve((response) => response.writeHead(302, { location }).end())
      const raw = await probeOnce(at(server.url))
      expect(raw).toMatchObject({ httpStatus: 302, failure: { kind: 'redirected' } })
      expect(raw.failure?.message).toBe(`redirected to ${new URL(location, server.url).origin}`)
    }
    expect(other.connections()).toBe(0)
  })

  it('are followed three times and no more', async () => {
    const server = await serve((response, { url }) =>
      response.writeHead(307, { location: `${url ?? ''}x` }).end(),
    )
    const raw = await probeOnce(at(server.url))
    expect(raw.failure).toEqual({ kind: 'redirected', message: 'more than 3 redirects' })
    expect(server.requests).toHaveLength(4)
  })

  it('share the whole time-out', async () => {
    let now = 0
    const server = await serve((response, { url }) => {
      if (url !== '/v1/models') return
      now += 299_900
      response.writeHead(302, { location: '/hang' }).end()
    })
    const raw = await probeOnce(at(server.url), { timeoutMs: 300_000, clock: { now: () => now } })
    expect(raw.failure).toEqual({ kind: 'response_timeout', message: 'no answer within 300 s' })
  })
})

describe('an abandoned check', () => {
  it('ends at once while the answer is awaited, and drops the connection', async () => {
    const controller = new AbortController()
    const server = await serve(() => controller.abort())
    const closed = server.closed()
    const raw = await probeOnce(at(server.url), { signal: controller.signal })
    expect(raw).toMatchObject({
      httpStatus: null,
      failure: { kind: 'client_gone', message: 'check abandoned' },
    })
    await closed
  })

  it('ends at once within the body', async () => {
    const controller = new AbortController()
    const server = await serve((response) =>
      response.writeHead(200).write('{', () => setTimeout(() => controller.abort(), 20)),
    )
    expect((await probeOnce(at(server.url), { signal: controller.signal })).failure?.kind).toBe('client_gone')
  })

  it('ends at once while the name is looked up', async () => {
    const controller = new AbortController()
    const raw = await probeOnce(at('http://slow.example'), {
      resolve: () => controller.abort(),
      signal: controller.signal,
    })
    expect(raw.failure?.kind).toBe('client_gone')
  })

  it('ends at once within the TLS handshake, and drops the connection', async () => {
    const controller = new AbortController()
    const server = await serveRaw((socket) => socket.once('data', () => controller.abort()))
    const closed = server.closed()
    const raw = await probeOnce(at(server.url.replace('http:', 'https:')), {
      signal: controller.signal,
      timeoutMs: 300_000,
      connectTimeoutMs: 300_000,
    })
    expect(raw.failure?.kind).toBe('client_gone')
    await closed
  })

  it('is abandoned also when an error answer had begun', async () => {
    const controller = new AbortController()
    const server = await serve((response) => {
      response.writeHead(503).write('{', () => setTimeout(() => controller.abort(), 20))
    })
    const raw = await probeOnce(at(server.url), { signal: controller.signal })
    expect(raw.failure?.kind).toBe('client_gone')
  })

  it('is not begun when it was abandoned before', async () => {
    const server = await serve(json(MODELS))
    expect((await probeOnce(at(server.url), { signal: AbortSignal.abort() })).failure?.kind).toBe(
      'client_gone',
    )
    expect(server.connections()).toBe(0)
  })

  it('ends when the prober is closed', async () => {
    const made = prober()
    const server = await serve(() => void made.close())
    const raw = await made.probe(at(server.url), { timeoutMs: 10_000, signal: never })
    expect(raw.failure?.kind).toBe('client_gone')
  })
})

describe('keys', () => {
  const echo = (text: string) =>
    serve((response) => response.writeHead(401).end(JSON.stringify({ error: { message: text } })))

  it('never show in an excerpt, whole, in parts, encoded or masked', async () => {
    const key = 'test-key-0123456789'
    for (const text of [
      `Incorrect API key provided: ${key}.`,
      `Incorrect API key provided: ${key.toUpperCase()}.`,
      `key ends with ${key.slice(-7)}`,
      `key starts with ${key.slice(0, 9)}…`,
      `url was /v1/models?api_key=${key}`,
      `Authorization: Bearer ${key}`,
      `basic ${Buffer.from(key).toString('base64')}`,
      `secret header was swordfish-value`,
    ]) {
      const server = await echo(text)
      const raw = await probeOnce(at(server.url, { headers: { 'X-Secret-Token': 'swordfish-value' } }))
      const shown = JSON.stringify(raw)
      for (let from = 0; from + 6 <= key.length; from += 1) {
        expect(shown.toLowerCase()).not.toContain(key.slice(from, from + 6))
      }
      expect(shown).not.toContain('swordfish')
      expect(shown).not.toContain(Buffer.from(key).toString('base64'))
      expect(raw.excerpt).toContain('[key]')
    }
  })

  it('leave the rest of an excerpt alone', async () => {
    const server = await echo('The model does not exist or you do not have access to it.')
    expect((await probeOnce(at(server.url))).excerpt).toBe(
      'The model does not exist or you do not have access to it.',
    )
  })

  it('never show in an error inside a good answer', async () => {
    const server = await serve(
      json({ error: { message: 'bad test-key-0123456789', code: 'test-key-0123456789' } }),
    )
    expect(JSON.stringify(await probeOnce(at(server.url)))).not.toContain('0123456')
  })

  it('that are not set are missing, by the name of their reference', async () => {
    const server = await serve(json(MODELS))
    const raw = await probeOnce(at(server.url, { key: { type: 'reference', reference: 'env:ACME_KEY' } }))
    expect(raw.failure).toEqual({ kind: 'secret_missing', message: 'key env:ACME_KEY is not set' })
    expect(server.connections()).toBe(0)
  })

  it('that cannot be opened are missing', async () => {
    const raw = await probeOnce(
      at('http://127.0.0.1:1', { key: { type: 'sealed', sealed: 'other', last4: 'xxxx' } }),
    )
    expect(raw.failure?.kind).toBe('secret_missing')
  })

  it('in a sealed header are opened for the request, hidden in what is shown, and missing when they cannot be opened', async () => {
    const server = await echo('who are you, swordfish-value?')
    const headers = { 'x-proxy-token': sealedHeader('sealed:swordfish-value') }
    const raw = await probeOnce(at(server.url, { headers }))
    expect(server.requests[0]?.headers['x-proxy-token']).toBe('swordfish-value')
    expect(JSON.stringify(raw)).not.toContain('swordfish')
    const closed = await probeOnce(at(server.url, { headers: { 'x-proxy-token': sealedHeader('other') } }))
    expect(closed.failure?.kind).toBe('secret_missing')
    expect(server.requests).toHaveLength(1)
  })

  it('given by reference are read anew for each check', async () => {
    const server = await serve(json(MODELS))
    let key = 'first-test-key'
    const made = prober({ resolveReference: () => key })
    const one = at(server.url, { key: { type: 'reference', reference: 'env:ACME_KEY' } })
    await made.probe(one, { timeoutMs: 10_000, signal: never })
    key = 'second-test-key'
    await made.probe(one, { timeoutMs: 10_000, signal: never })
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first-test-key',
      'Bearer second-test-key',
    ])
  })

  it('that cannot be read are told as such', async () => {
    const server = await serve(json(MODELS))
    const refusal = new AppError('unavailable', 'the disk it is on does not answer')
    const made = prober({ resolveReference: () => Promise.reject(refusal) })
    const one = at(server.url, { key: { type: 'reference', reference: 'file:/mnt/key' } })
    const raw = await made.probe(one, { timeoutMs: 10_000, signal: never })
    expect(raw.failure).toEqual({
      kind: 'secret_missing',
      message: 'key file:/mnt/key cannot be read: the disk it is on does not answer',
    })
    expect(server.requests).toEqual([])
  })

  it('that cannot stand in a header are the probe, not a crash', async () => {
    const raw = await probeOnce(
      at('http://127.0.0.1:1', { key: { type: 'sealed', sealed: 'sealed:a\nb', last4: 'xxxx' } }),
    )
    expect(raw.failure?.kind).toBe('probe_misconfigured')
    expect(JSON.stringify(raw)).not.toContain('a\\nb')
  })
})

/** Runs a module's text in a process that trusts `ca`, and reads the JSON that it writes. */
async function inChild(script: string, input: unknown, ca: string) {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-'))
  writeFileSync(join(folder, 'ca.pem'), ca)
  try {
    const run = promisify(execFile)
    const { stdout } = await run(
      process.execPath,
      ['--input-type=module', '-e', script, JSON.stringify(input)],
      {
        env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') },
      },
    )
    return JSON.parse(stdout) as RawResult
  } finally {
    rmSync(folder, { recursive: true })
  }
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { call, type Sent } from './call.fixture.ts'

let stage: Stage

beforeEach(async () => {
  stage = await stageRuntime()
})
afterEach(() => stage.close())

const provider = { id: 'acme', name: 'Acme', kind: 'http', baseUrl: 'http://127.0.0.1:1/health' }
const create = (over: object = {}, headers: Record<string, string> = {}) =>
  call('createProvider', { body: { ...provider, ...over }, headers })
const acme = { params: { id: 'acme' } }
const acmeCircuit = { params: { providerId: 'acme' } }
const force = { mode: 'forced_open', reason: 'maintenance', ttl: '10m' }

describe('Switchyard itself', () => {
  it('says how it is and that it is ready', async () => {
    expect(await call('readHealth')).toMatchObject({ status: 200, body: { status: 'ok', version: '0.0.0' } })
    expect(await call('readReadiness')).toMatchObject({ status: 200, body: { status: 'ready' } })
  })

  it('is not ready while it stops', async () => {
    await stage.runtime.stop()
    const { runtime } = stage
    expect(runtime.phase()).toBe('stopping')
    const response = await (
      await import('./health/ready/route.ts')
    ).GET(new Request('http://localhost:3000/api/health/ready'), {
      params: Promise.resolve({}),
    })
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ status: 'stopping' })
  })

  it('describes itself', async () => {
    expect((await call('readOpenApi')).body).toMatchObject({ openapi: '3.1.0', info: { version: '0.0.0' } })
  })
})

describe('any call', () => {
  it('answers with the request id it was given, or with one of its own', async () => {
    expect(
      (await call('readMonitor', { headers: { 'x-request-id': 'abc-1' } })).headers.get('x-request-id'),
    ).toBe('abc-1')
    const strange = await call('readMonitor', { headers: { 'x-request-id': 'a b' } })
    expect(strange.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    const refused = await call('readProvider', { ...acme, headers: { 'x-request-id': 'abc-2' } })
    expect(refused.problem.requestId).toBe('abc-2')
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
  })

  it('ignores unknown query parameters and says which known one is wrong', async () => {
    await create()
    expect(await call('readChecks', { ...acme, query: { colour: 'red' } })).toMatchObject({ status: 200 })
    expect(await call('readChecks', { ...acme, query: { limit: '0', from: 'yesterday' } })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'from' }, { path: 'limit', message: 'from 1 to 500' }] },
    })
  })

  it.each([
    ['{"name":', 400, 'The body is not JSON'],
    ['', 400, 'The body is empty'],
    ['null', 422, ''],
    [JSON.stringify({ ...provider, colour: 'red' }), 422, 'colour: there is no such field'],
    [JSON.stringify({ ...provider, name: 'x'.repeat(1_100_000) }), 413, 'larger than 1048576 bytes'],
    ['{"name":"a","kind":"openai","headers":{"__proto__":"x"}}', 422, '__proto__: there is no such field'],
    [JSON.stringify({ ...provider, headers: { 'a b': 'x' } }), 422, 'headers.a b: not a header name'],
    [JSON.stringify({ ...provider, apiKey: 'a\nb' }), 422, 'apiKey: printable ASCII only'],
    [JSON.stringify({ ...provider, apiKey: '\u043a\u043b' }), 422, 'apiKey: printable ASCII only'],
  ])('refuses a bad body: %.30s', async (text, status, detail) => {
    const answer = await call('createProvider', { text })
    expect(answer.status).toBe(status)
    expect(answer.problem.detail).toContain(detail)
    expect((await call('readProviders')).body.items).toEqual([])
  })

  it('tells nothing of an error nobody expected, and logs all of it', async () => {
    stage.runtime.engine.reader.events = () => Promise.reject(new Error('the disk is on fire'))
    const answer = await call('readEvents')
    expect(answer.status).toBe(500)
    expect(JSON.stringify(answer.problem)).not.toContain('fire')
    expect(stage.logged()).toContain('the disk is on fire')
    expect(stage.logged()).toContain(answer.problem.requestId)
  })
})

describe('providers', () => {
  it('are added, read, changed and removed', async () => {
    const created = await create({ apiKey: 'test-key-1234' })
    expect(created).toMatchObject({
      status: 201,
      body: { provider: { id: 'acme', hasApiKey: true, apiKeyLast4: '1234', version: 1 }, persisted: true },
    })
    expect(JSON.stringify(created.body)).not.toContain('test-key')
    expect((await call('readProviders')).body.items).toMatchObject([{ id: 'acme' }])
    expect((await call('readMonitor')).body).toMatchObject({
      stats: { totalProviders: 1 },
      providers: [{ id: 'acme' }],
    })
    expect((await call('readProvider', acme)).body).toMatchObject({
      provider: { name: 'Acme' },
      snapshot: { id: 'acme' },
    })
    const changed = await call('updateProvider', { ...acme, body: { expectedVersion: 1, name: 'Acme Two' } })
    expect(changed).toMatchObject({ status: 200, body: { provider: { name: 'Acme Two', version: 2 } } })
    expect(await call('deleteProvider', acme)).toMatchObject({ status: 200, body: { persisted: true } })
    expect(await call('readProvider', acme)).toMatchObject({ status: 404 })
  })

  it('are not changed by somebody who saw an older version, who is told the present one', async () => {
    await create()
    await call('updateProvider', { ...acme, body: { expectedVersion: 1, name: 'Acme Two' } })
    const stale = await call('updateProvider', { ...acme, body: { expectedVersion: 1, name: 'Acme Three' } })
    expect(stale.status).toBe(409)
    expect(JSON.stringify(stale.problem)).toContain('2')
    expect((await call('readProvider', acme)).body.provider.name).toBe('Acme Two')
  })

  it.each([
    ['ftp://example.com', 'baseUrl'],
    ['http://user:word@example.com', 'baseUrl'],
    ['http://169.254.169.254/latest', 'baseUrl'],
    ['http://169.254.1.1', 'baseUrl'],
    ['http://2852039166/', 'baseUrl'],
    ['http://0251.0376.0251.0376/', 'baseUrl'],
    ['http://[::ffff:169.254.169.254]/', 'baseUrl'],
    ['http://metadata.google.internal./', 'baseUrl'],
  ])('are refused at the field: %s', async (baseUrl, path) => {
    expect(await create({ baseUrl })).toMatchObject({ status: 422, problem: { errors: [{ path }] } })
    await create()
    const changed = await call('updateProvider', { ...acme, body: { expectedVersion: 1, baseUrl } })
    expect(changed).toMatchObject({ status: 422, problem: { errors: [{ path }] } })
  })

  it('are added once however often the request with its key comes', async () => {
    const headers = { 'idempotency-key': 'once' }
    const [first, second] = await Promise.all([create({}, headers), create({}, headers)])
    expect(second.body).toEqual(first.body)
    expect((await call('readProviders')).body.items).toHaveLength(1)
    expect(await create({ name: 'Another' }, headers)).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'Idempotency-Key' }] },
    })
    expect(await create({}, { 'idempotency-key': 'x'.repeat(201) })).toMatchObject({ status: 422 })
  })

  it('are listed page by page', async () => {
    for (const id of ['a', 'b', 'c']) await create({ id })
    const first = (await call('readProviders', { query: { limit: '2' } })).body
    const second = (await call('readProviders', { query: { limit: '2', cursor: first.nextCursor! } })).body
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(second.nextCursor).toBeNull()
  })
})

describe('checks', () => {
  it('run when asked for, and are found in the log, the history and the strip', async () => {
    await create()
    expect(await call('checkProvider', acme)).toMatchObject({
      status: 200,
      body: { class: 'ok', latencyMs: 20 },
    })
    stage.answer({ httpStatus: 503, failure: { kind: 'http_status', message: '503' } })
    expect(await call('checkProvider', acme)).toMatchObject({ body: { class: 'provider_error' } })
    await expect.poll(async () => (await call('readChecks', acme)).body.items.length).toBe(2)
    expect((await call('readChecks', { ...acme, query: { class: 'ok' } })).body.items).toMatchObject([
      { class: 'ok' },
    ])
    const history = (await call('readHistory', { ...acme, query: { points: '60' } })).body
    expect(history.resolutionMs).toBe(60_000)
    expect(history.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(2)
    const recent = (await call('readRecent', { query: { ids: 'acme,unknown,acme' } })).body
    expect(recent.items).toMatchObject({
      acme: [
        [expect.any(String), 'ok', 20],
        [expect.any(String), 'provider_error', 20],
      ],
    })
    expect(Object.keys(recent.items)).toEqual(['acme'])
  })

  it('run in rounds for an outside clock', async () => {
    await create()
    await create({ id: 'other' })
    const all = await call('runMonitor', { body: { all: true } })
    expect(all).toMatchObject({ status: 200, body: { remaining: 0 } })
    expect(all.body.results).toHaveLength(2)
    expect((await call('runMonitor')).body.results).toEqual([])
  })

  it.each(['checkProvider', 'readChecks', 'readHistory'] as const)('of no provider: %s', async (name) => {
    expect(await call(name, acme)).toMatchObject({ status: 404, problem: { id: 'acme' } })
  })

  it.each([
    [{ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'from'],
    [{ from: '2020-01-01T00:00:00Z' }, 'from'],
    [{ points: '2001' }, 'points'],
    [{ source: 'both' }, 'source'],
  ])('are asked for in a range that makes sense: %o', async (query, path) => {
    await create()
    expect(await call('readHistory', { ...acme, query })).toMatchObject({
      status: 422,
      problem: { errors: [{ path }] },
    })
  })
})

describe('circuits', () => {
  it('are forced, released and reset, by the operator, on record', async () => {
    await create()
    expect(await call('setOverride', { ...acmeCircuit, body: force })).toMatchObject({
      status: 200,
      body: {
        persisted: true,
        circuit: { effective: 'open', override: { mode: 'forced_open', actor: 'operator' } },
      },
    })
    expect((await call('readCircuit', acmeCircuit)).body.override?.reason).toBe('maintenance')
    expect((await call('readCircuits')).body.items).toHaveLength(1)
    expect(await call('releaseOverride', acmeCircuit)).toMatchObject({
      body: { circuit: { override: null } },
    })
    expect(await call('resetCircuit', { ...acmeCircuit, body: { reason: 'try again' } })).toMatchObject({
      body: { circuit: { state: 'half_open' } },
    })
    const events = (await call('readTransitions', acmeCircuit)).body
    expect(events.items.map(({ kind }) => kind)).toEqual(['transition', 'override', 'override'])
    expect(events.initial).toEqual([])
    const fleet = (await call('readEvents', { query: { kinds: 'action', limit: '1' } })).body
    expect(fleet.items).toMatchObject([{ kind: 'action', actor: 'operator' }])
    expect(fleet.nextCursor).not.toBeNull()
  })

  it('say what held when a range began', async () => {
    await create()
    await call('resetCircuit', { ...acmeCircuit, body: { reason: 'try again' } })
    const at = Date.parse((await call('readMonitor')).body.asOf) + 60_000
    const events = (
      await call('readTransitions', { ...acmeCircuit, query: { from: String(at), to: String(at + 1) } })
    ).body
    expect(events).toMatchObject({ items: [], initial: [{ kind: 'transition', to: 'half_open' }] })
  })

  it.each<[why: string, sent: Sent, status: number, path: string | null]>([
    ['no reason', { body: { ...force, reason: '' } }, 422, 'reason'],
    ['closed for longer than an hour', { body: { ...force, mode: 'forced_closed', ttl: '2h' } }, 422, 'ttl'],
    ['no such model', { body: force, query: { model: 'unheard-of' } }, 404, null],
    ['no such provider', { params: { providerId: 'other' }, body: force }, 404, null],
  ])('are not forced: %s', async (_why, sent, status, path) => {
    await create()
    const answer = await call('setOverride', { ...acmeCircuit, ...sent })
    expect(answer.status).toBe(status)
    if (path !== null) expect(answer.problem.errors).toMatchObject([{ path }])
    expect((await call('readCircuit', acmeCircuit)).body.override).toBeNull()
  })

  it('answer 202 when the command holds but is not on disk yet', async () => {
    await create()
    stage.storage.failWrites()
    expect(await call('setOverride', { ...acmeCircuit, body: force })).toMatchObject({
      status: 202,
      body: { persisted: false, circuit: { effective: 'open' } },
    })
  })
})

describe('settings', () => {
  const changed = {
    ...DEFAULT_SETTINGS,
    breaker: { ...DEFAULT_SETTINGS.breaker, failureThreshold: 7 },
  }

  it('are saved, listed and taken back', async () => {
    const { version } = (await call('readSettings')).body
    const saved = await call('saveSettings', {
      body: { settings: changed, expectedVersion: version, reason: 'calmer' },
    })
    expect(saved).toMatchObject({
      status: 200,
      body: { version: version + 1, actor: 'operator', persisted: true },
    })
    const stale = await call('saveSettings', {
      body: { settings: changed, expectedVersion: version, reason: 'calmer' },
    })
    expect(stale.status).toBe(409)
    const body = { version, expectedVersion: version + 1, reason: 'too calm' }
    expect(await call('revertSettings', { body })).toMatchObject({
      status: 200,
      body: { version: version + 2 },
    })
    expect((await call('readSettings')).body.settings).toEqual(DEFAULT_SETTINGS)
    expect((await call('readSettingsVersions')).body.items.map((item) => item.version)).toEqual([
      version + 2,
      version + 1,
      version,
    ])
  })

  it('are complained about at the field', async () => {
    const settings = { ...changed, monitor: { ...changed.monitor, timeout: '45s' } }
    expect(
      await call('saveSettings', { body: { settings, expectedVersion: 1, reason: 'slower' } }),
    ).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'settings.monitor.timeout', message: 'at most the interval (30s)' }] },
    })
  })
})

describe('reported outcomes', () => {
  const outcome = { providerId: 'acme', class: 'ok', latencyMs: 100 }

  it('count, once for each key', async () => {
    await create()
    const sent = { body: [outcome, outcome], headers: { 'idempotency-key': 'batch-1' } }
    expect(await call('reportOutcomes', sent)).toMatchObject({ status: 200, body: { accepted: 2 } })
    await call('reportOutcomes', sent)
    expect((await call('readMonitor')).body.providers[0]!.lastHour.count).toBe(2)
  })

  it('are all refused when one is wrong', async () => {
    await create()
    expect(
      await call('reportOutcomes', { body: [outcome, { ...outcome, providerId: 'other' }] }),
    ).toMatchObject({
      status: 422,
      problem: { errors: [{ path: '1.providerId' }] },
    })
    expect(await call('reportOutcomes', { body: Array(1_001).fill(outcome) })).toMatchObject({ status: 422 })
    expect((await call('readMonitor')).body.providers[0]!.lastHour.count).toBe(0)
  })
})

describe('the stream', () => {
  it('is one that nobody may keep or change, and goes on from the snapshot', async () => {
    await create()
    const { seq, bootId } = (await call('readMonitor')).body
    const { GET } = await import('./monitor/stream/route.ts')
    const response = await GET(
      new Request(`http://localhost:3000/api/monitor/stream?lastEventId=${bootId}:${seq}`, {
        headers: { 'last-event-id': '' },
      }),
      { params: Promise.resolve({}) },
    )
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
    await call('setOverride', { ...acmeCircuit, body: force })
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += new TextDecoder().decode(chunk)
      if (text.includes('event: override')) break
    }
    expect(text).toContain(`"seq":${seq},`)
    expect(text).toContain('forced_open')
  })

  it.each([
    ['gzip, deflate, br', 'gzip'],
    ['br;q=1, GZIP;q=0.5', 'gzip'],
    ['gzip;q=0', null],
    ['deflate, gzip;q=0.0', null],
    ['xgzip', null],
    [null, null],
  ])('to a client that accepts %s is coded as %s', async (accepted, coding) => {
    const { GET } = await import('./monitor/stream/route.ts')
    const headers: Record<string, string> = accepted === null ? {} : { 'accept-encoding': accepted }
    const response = await GET(new Request('http://localhost:3000/api/monitor/stream', { headers }), {
      params: Promise.resolve({}),
    })
    expect(response.headers.get('content-encoding')).toBe(coding)
    expect(response.headers.get('vary')).toBe('accept-encoding')
    await response.body?.cancel()
  })
})

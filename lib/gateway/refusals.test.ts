import { once } from 'node:events'
import net from 'node:net'
import { describe, expect, it } from 'vitest'
import { dropRoute, putRoute } from '#lib/services/routing/routing.ts'
import type { ClientKey } from '#lib/services/records.ts'
import { completionOf, DONE, FINISH, says, streamsAll, token } from './testing/faulty-upstream.fixture.ts'
import { ask, CHAT, type Got, stageGateway } from './testing/stage-gateway.fixture.ts'

const codeOf = ({ text }: Got) => (JSON.parse(text) as { error: { code: string } }).error.code
const messageOf = ({ text }: Got) => (JSON.parse(text) as { error: { message: string } }).error.message

describe('a request that is not right', () => {
  it.each<[what: string, body: string, code: string]>([
    ['is empty', '', 'invalid_json'],
    ['is not JSON', 'hello', 'invalid_json'],
    ['is no object', '["gpt-4o"]', 'invalid_json'],
    ['breaks off', '{"model":"gpt-4o","messages":[', 'invalid_json'],
    ['is JSON only in its outline', '{"model":"gpt-4o","messages":[1,,2]}', 'invalid_json'],
    ['goes on after its end', '{"model":"gpt-4o"} {"model":"gpt-4o"}', 'invalid_json'],
    ['names no model', '{"messages":[]}', 'invalid_model'],
    ['names no text as its model', '{"model":["gpt-4o"]}', 'invalid_model'],
    ['names an empty model', '{"model":""}', 'invalid_model'],
    ['names two models', '{"model":"gpt-4o","model":"text-1"}', 'invalid_model'],
    ['names two models, one in disguise', '{"model":"gpt-4o","m\\u006fdel":"text-1"}', 'invalid_model'],
    ['wants half a stream', '{"model":"gpt-4o","stream":"yes"}', 'invalid_field'],
  ])('because it %s is 400 in the API’s shape, and no provider hears of it', async (_what, body, code) => {
    const stage = await stageGateway()
    const got = await stage.send(CHAT, body)
    expect(got.status).toBe(400)
    expect(codeOf(got)).toBe(code)
    expect(got.headers).toMatchObject({ 'x-should-retry': 'false', 'x-request-id': 'request-1' })
    expect(stage.upstream().heard).toHaveLength(0)
    expect(stage.decided()).toBeUndefined()
  })

  it('is told so in Anthropic’s shape where its API was called', async () => {
    const stage = await stageGateway()
    expect(JSON.parse((await stage.send('/v1/messages', '{')).text)).toEqual({
      type: 'error',
      error: {
        type: 'invalid_request_error',
        code: 'invalid_json',
        message: 'The body is not a JSON object.',
      },
    })
  })

  it.each<[headers: Record<string, string>, status: number, code: string]>([
    [{ 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
    [{ 'content-encoding': 'gzip' }, 415, 'unsupported_media_type'],
    [{ 'x-switchyard-timeout': 'soon' }, 400, 'invalid_field'],
  ])('with %o is refused', async (headers, status, code) => {
    const stage = await stageGateway()
    const got = await stage.send(CHAT, ask(), headers)
    expect(got.status).toBe(status)
    expect(codeOf(got)).toBe(code)
    expect(stage.upstream().heard).toHaveLength(0)
  })

  it('for a model that nobody serves is told what is served', async () => {
    const stage = await stageGateway()
    const got = await stage.send(CHAT, ask({ model: 'gpt-9' }))
    expect(got.status).toBe(404)
    expect(codeOf(got)).toBe('model_not_found')
    expect(messageOf(got)).toBe('No route serves the model "gpt-9". Served: claude-*, gpt-4o, text-*.')
  })

  it('finds no route where none has been made, and is told to make one', async () => {
    const stage = await stageGateway()
    dropRoute(stage.engine.routing, 'main')
    const got = await stage.send(CHAT, ask())
    expect(got.status).toBe(404)
    expect(codeOf(got)).toBe('no_routes')
    expect(messageOf(got)).toContain('create one')
  })

  it.each([
    ['for an API that no member speaks', '/v1/messages', 'claude-1', 'nothing'],
    [
      'for a model that its route stands for, but no member has',
      CHAT,
      'text-9',
      'gpt-4o, route:main, text-1',
    ],
  ])('%s has nothing to wait for, and is told what is served there', async (_what, path, model, served) => {
    const models = ['gpt-4o', 'text-1'].map((name) => ({ name, alias: null, priceIn: null, priceOut: null }))
    const stage = await stageGateway({ providers: ['acme', 'blue'], provider: { models } })
    const got = await stage.send(path, { model, max_tokens: 1, messages: [] })
    expect(got).toMatchObject({ status: 404, headers: { 'x-should-retry': 'false' } })
    expect(got.headers).not.toHaveProperty('retry-after')
    expect(codeOf(got)).toBe('model_not_found')
    expect(messageOf(got)).toBe(
      `No provider takes this model here: none of 2 members is eligible: 2 do not serve the model. Served: ${served}.`,
    )
    expect(stage.upstream().heard).toHaveLength(0)
    expect(stage.decided(), 'the client is to blame').toMatchObject({ failed: false })
  })

  it('for a model that a disabled provider may have is told that nobody may take it now', async () => {
    const models = [{ name: 'gpt-4o', alias: null, priceIn: null, priceOut: null }]
    const stage = await stageGateway({ provider: { models, enabled: false } })
    const got = await stage.send(CHAT, ask())
    expect(got).toMatchObject({ status: 503, headers: { 'x-should-retry': 'true' } })
    expect(codeOf(got)).toBe('no_provider')
  })

  it('for an unknown path or by the wrong method is told what there is', async () => {
    const stage = await stageGateway()
    expect(codeOf(await stage.send('/v1/chat', ask()))).toBe('unknown_path')
    expect(await stage.send('/v1/chat/completions/', ask())).toMatchObject({ status: 404 })
    const got = await stage.send(CHAT, null)
    expect(got).toMatchObject({ status: 405 })
    expect(codeOf(got)).toBe('method_not_allowed')
  })

  it.each([
    ['hello\r\n\r\n', 400, 'malformed_request'],
    [
      `GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    [
      `POST ${CHAT} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n`,
      400,
      'malformed_request',
    ],
  ])('and is hardly HTTP is told so too', async (bytes, status, code) => {
    const stage = await stageGateway()
    const socket = net.connect(stage.port, '127.0.0.1')
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
    socket.write(bytes)
    await once(socket, 'close')
    expect(text).toContain(`HTTP/1.1 ${status} `)
    expect(text).toContain(code)
  })
})

describe('a web page', () => {
  it.each<[what: string, headers: Record<string, string>, code: string]>([
    ['of another origin', { origin: 'https://evil.example' }, 'foreign_origin'],
    ['of the console', { origin: 'http://127.0.0.1:3000' }, 'foreign_origin'],
    ['of no origin', { origin: 'null' }, 'foreign_origin'],
    ['whose browser tells no origin but its site', { 'sec-fetch-site': 'cross-site' }, 'foreign_origin'],
    ['on a rebound name', { host: 'evil.example:8787' }, 'unknown_host'],
    [
      'on a rebound name, of its own origin',
      { host: 'evil.example', origin: 'http://evil.example' },
      'unknown_host',
    ],
  ])('%s cannot spend money', async (_what, headers, code) => {
    const stage = await stageGateway()
    stage.upstream().does(says('hello'))
    const got = await stage.send(CHAT, ask(), headers)
    expect(got.status).toBe(403)
    expect(codeOf(got)).toBe(code)
    expect(got.headers).not.toHaveProperty('access-control-allow-origin')
    expect(stage.upstream().heard).toHaveLength(0)
  })

  it('asking first is not encouraged', async () => {
    const stage = await stageGateway()
    const response = await fetch(`${stage.url}${CHAT}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(response.status).toBe(403)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('is not a program, through a tunnel or not', async () => {
    const stage = await stageGateway()
    stage.upstream().does(says('hello'))
    expect((await stage.send(CHAT, ask(), { host: 'localhost:9999' })).status).toBe(200)
  })
})

describe('client keys', () => {
  const keyOf = (hash: string, over: Partial<ClientKey> = {}): ClientKey => ({
    id: 'key-1',
    name: 'app',
    hash,
    prefix: 'sy-',
    routes: null,
    requestsPerMinute: null,
    tokensPerMinute: null,
    createdAt: 0,
    lastUsedAt: null,
    ...over,
  })

  async function withKey(over: Partial<ClientKey> = {}, options: Parameters<typeof stageGateway>[0] = {}) {
    const stage = await stageGateway(options)
    const hash = stage.engine.sha256('sy-test')
    stage.engine.clientKeys.set(hash, keyOf(hash, over))
    stage.upstream().does(says('hello'))
    return stage
  }

  it.each<[headers: Record<string, string>, status: number, code: string | null]>([
    [{}, 401, 'client_key_missing'],
    [{ authorization: 'Bearer other' }, 401, 'client_key_invalid'],
    [{ authorization: 'Bearer sy-test' }, 200, null],
    [{ 'x-api-key': 'sy-test' }, 200, null],
  ])('are asked for as soon as there is one: %o', async (headers, status, code) => {
    const stage = await withKey()
    const got = await stage.send(CHAT, ask(), headers)
    expect(got.status).toBe(status)
    if (code !== null) expect(codeOf(got)).toBe(code)
    expect(stage.upstream().heard).toHaveLength(code === null ? 1 : 0)
  })

  it('are always asked for where others can reach the gateway, by whatever name', async () => {
    const stage = await stageGateway({ loopback: null })
    const got = await stage.send(CHAT, ask(), { host: 'gateway.example' })
    expect(got.status).toBe(401)
    expect(codeOf(got)).toBe('client_key_missing')
    expect(await stage.send('/v1/models', null)).toMatchObject({ status: 401 })
    expect(await stage.send('/healthz', null)).toMatchObject({ status: 200, text: '{"status":"ok"}' })
  })

  it('are not asked for on loopback while there is none, whatever is sent', async () => {
    const stage = await stageGateway()
    stage.upstream().does(says('hello'))
    expect((await stage.send(CHAT, ask(), { authorization: 'Bearer unused' })).status).toBe(200)
  })

  it('open only their routes', async () => {
    const stage = await withKey({ routes: ['other'] })
    const headers = { authorization: 'Bearer sy-test' }
    const got = await stage.send(CHAT, ask(), headers)
    expect(got.status).toBe(403)
    expect(codeOf(got)).toBe('route_not_allowed')
    expect(JSON.parse((await stage.send('/v1/models', null, headers)).text)).toMatchObject({ data: [] })
  })

  it('of two teams take the same model, each by its own route, and list it as that route’s', async () => {
    const stage = await withKey({ routes: ['team-b'] }, { providers: ['acme', 'blue'] })
    stage.upstream('blue').does(says('hello'))
    const [main] = stage.engine.routing.routes.values()
    const member = { providerId: 'blue', model: null, weight: null, priority: null }
    putRoute(stage.engine.routing, { ...main!, name: 'team-b', models: ['gpt-*'], members: [member] })
    const headers = { authorization: 'Bearer sy-test' }
    const got = await stage.send(CHAT, ask(), headers)
    expect(got).toMatchObject({ status: 200, headers: { 'x-switchyard-provider': 'blue' } })
    expect(stage.upstream('acme').heard).toEqual([])
    expect(codeOf(await stage.send(CHAT, ask({ model: 'text-1' }), headers))).toBe('route_not_allowed')
    expect(codeOf(await stage.send(CHAT, ask({ model: 'none' }), headers))).toBe('model_not_found')
  })

  it('may make so many requests a minute', async () => {
    const stage = await withKey({ requestsPerMinute: 2 })
    const headers = { authorization: 'Bearer sy-test' }
    for (let count = 0; count < 2; count += 1)
      expect((await stage.send(CHAT, ask(), headers)).status).toBe(200)
    await stage.passTime(20_000)
    const got = await stage.send(CHAT, ask(), headers)
    expect(got).toMatchObject({ status: 429, headers: { 'retry-after': '40', 'x-should-retry': 'true' } })
    expect(codeOf(got)).toBe('client_request_limit')
    await stage.passTime(40_000)
    expect((await stage.send(CHAT, ask(), headers)).status).toBe(200)
  })

  it('may use so many tokens a minute', async () => {
    const stage = await withKey({ tokensPerMinute: completionOf('').usage.total_tokens })
    const headers = { authorization: 'Bearer sy-test' }
    expect((await stage.send(CHAT, ask(), headers)).status).toBe(200)
    const got = await stage.send(CHAT, ask(), headers)
    expect(got.status).toBe(429)
    expect(codeOf(got)).toBe('client_token_limit')
  })

  it('use about a token for each piece of a stream that does not tell', async () => {
    const stage = await withKey({ tokensPerMinute: 100 })
    stage
      .upstream()
      .does(streamsAll(...Array.from({ length: 90 }, () => token('x')), FINISH, DONE), says('hello'))
    const headers = { authorization: 'Bearer sy-test' }
    expect((await stage.send(CHAT, ask({ stream: true }), headers)).status).toBe(200)
    const got = await stage.send(CHAT, ask(), headers)
    expect(codeOf(got)).toBe('client_token_limit')
  })

  it('remember that they were used', async () => {
    const stage = await withKey()
    await stage.send(CHAT, ask(), { authorization: 'Bearer sy-test' })
    expect([...stage.engine.clientKeys.values()][0]?.lastUsedAt).toBe(stage.engine.clock.now())
  })
})

describe('the models', () => {
  const models = [
    { name: 'text-1', alias: null, priceIn: null, priceOut: null },
    { name: 'text-2-2024', alias: 'text-2', priceIn: null, priceOut: null },
    { name: 'other', alias: null, priceIn: null, priceOut: null },
  ]

  it('are the union over the routes, as OpenAI lists them', async () => {
    const stage = await stageGateway({ provider: { models } })
    const list = JSON.parse((await stage.send('/v1/models', null)).text) as {
      object: string
      data: { id: string }[]
    }
    expect(list.object).toBe('list')
    expect(list.data.map(({ id }) => id)).toEqual(['gpt-4o', 'route:main', 'text-1', 'text-2'])
    expect(list.data[0]).toMatchObject({
      object: 'model',
      owned_by: 'route:main',
      created: expect.any(Number) as number,
    })
    expect(JSON.parse((await stage.send('/v1/models/text-2', null)).text)).toMatchObject({ id: 'text-2' })
    expect((await stage.send('/v1/models/none', null)).status).toBe(404)
  })

  it('are each of the route that takes their requests, whichever was made first', async () => {
    const stage = await stageGateway({ provider: { models }, route: { name: 'wide', models: ['text-*'] } })
    const [wide] = stage.engine.routing.routes.values()
    putRoute(stage.engine.routing, { ...wide!, name: 'text-2', models: ['text-2'] })
    const owners = async () =>
      (
        JSON.parse((await stage.send('/v1/models', null)).text) as {
          data: { id: string; owned_by: string }[]
        }
      ).data.map(({ id, owned_by }) => `${id} of ${owned_by}`)
    const expected = [
      'route:text-2 of route:text-2',
      'route:wide of route:wide',
      'text-1 of route:wide',
      'text-2 of route:text-2',
    ]
    expect(await owners()).toEqual(expected)
    dropRoute(stage.engine.routing, 'wide')
    putRoute(stage.engine.routing, wide!)
    expect(await owners()).toEqual(expected)
  })

  it('are told of one by one also where no list has them, if somebody would take them', async () => {
    const stage = await stageGateway({ providers: ['acme'] })
    const statusOf = async (id: string) => (await stage.send(`/v1/models/${id}`, null)).status
    expect(await statusOf('text-9')).toBe(200)
    expect(await statusOf('route:main')).toBe(200)
    expect(await statusOf('route:none')).toBe(404)
    const acme = stage.entry('acme')
    acme.provider = { ...acme.provider, models }
    expect(await statusOf('text-9')).toBe(404)
    expect(await statusOf('text-2-2024')).toBe(200)
    expect(await statusOf('gpt-4o')).toBe(200)
  })

  it('are listed as Anthropic does to its clients', async () => {
    const stage = await stageGateway({ provider: { models } })
    const headers = { 'anthropic-version': '2023-06-01' }
    expect(JSON.parse((await stage.send('/v1/models', null, headers)).text)).toMatchObject({
      has_more: false,
      first_id: 'gpt-4o',
      data: [{ type: 'model', id: 'gpt-4o' }, {}, {}, {}],
    })
    expect(JSON.parse((await stage.send('/v1/models/none', null, headers)).text)).toMatchObject({
      type: 'error',
    })
  })
})

describe('while Switchyard starts', () => {
  it('requests are told to come back', async () => {
    const stage = await stageGateway()
    stage.stopEngine()
    const got = await stage.send(CHAT, ask())
    expect(got).toMatchObject({ status: 503, headers: { 'retry-after': '1', 'x-should-retry': 'true' } })
    expect(codeOf(got)).toBe('starting')
    expect(await stage.send('/healthz', null)).toMatchObject({ status: 503, text: '{"status":"starting"}' })
  })
})

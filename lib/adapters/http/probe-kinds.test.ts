import { describe, expect, it } from 'vitest'
import { PROVIDER_KINDS, type ProviderKind } from '#lib/domain/provider.ts'
import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import { json, serve, serveRaw } from './testing/local-server.ts'
import { probeOnce, provider } from './testing/probe-once.ts'

const KEY = 'test-key-0123456789'
const OPENAI_LIST = { object: 'list', data: [{ id: 'm-1' }] }
const NAMED_LIST = { models: [{ name: 'models/m-1' }] }

/** Where a kind's base URL would have this path, on a local server. */
const baseOf = (kind: ProviderKind, url: string) => {
  const { baseUrl, baseUrlExample } = KIND_FACTS[kind]
  return `${url}${new URL(baseUrl ?? baseUrlExample).pathname.replace(/\/$/, '')}`
}

describe('every kind', () => {
  type Row = [kind: ProviderKind, path: string, body: unknown, headers: Record<string, string>]
  const bearer = { authorization: `Bearer ${KEY}` }
  const rows: Row[] = [
    ['openai', '/v1/models', OPENAI_LIST, bearer],
    ['anthropic', '/v1/models?limit=1', OPENAI_LIST, { 'x-api-key': KEY, 'anthropic-version': '2023-06-01' }],
    ['azure-openai', '/openai/v1/models', OPENAI_LIST, { 'api-key': KEY }],
    ['google', '/v1beta/models?pageSize=1', NAMED_LIST, { 'x-goog-api-key': KEY }],
    ['mistral', '/v1/models', OPENAI_LIST, bearer],
    ['cohere', '/v1/models?page_size=1', NAMED_LIST, bearer],
    ['groq', '/openai/v1/models', OPENAI_LIST, bearer],
    ['together', '/v1/models', OPENAI_LIST.data, bearer],
    ['openrouter', '/api/v1/key', { data: { label: 'a key' } }, bearer],
    ['deepseek', '/models', OPENAI_LIST, bearer],
    ['perplexity', '/v1/models', OPENAI_LIST, bearer],
    ['fireworks', '/v1/accounts/fireworks/models?pageSize=1', NAMED_LIST, bearer],
    ['xai', '/v1/models', OPENAI_LIST, bearer],
    ['ollama', '/api/tags', { models: [] }, bearer],
    ['vllm', '/v1/models', OPENAI_LIST, bearer],
    ['openai-compatible', '/v1/models', OPENAI_LIST, bearer],
    ['http', '/health', 'fine', bearer],
  ]

  it('is in the table', () => {
    expect(rows.map(([kind]) => kind).sort()).toEqual([...PROVIDER_KINDS].sort())
  })

  it.each(rows)('%s asks for %s with its own authentication', async (kind, path, ...[body, headers]) => {
    const server = await serve(json(body))
    const { type } = KIND_FACTS[kind].probe
    const raw = await probeOnce(provider({ kind, baseUrl: baseOf(kind, server.url), probe: { type } }))
    expect(raw).toMatchObject({ httpStatus: 200, failure: null })
    const [request] = server.requests
    expect(request?.url).toBe(path)
    const authentication = ['authorization', 'api-key', 'x-api-key', 'x-goog-api-key', 'anthropic-version']
    expect(
      Object.fromEntries(
        Object.entries(request?.headers ?? {}).filter(([name]) => authentication.includes(name)),
      ),
    ).toEqual(headers)
  })

  it('sends no key where there is none', async () => {
    const server = await serve(json({ models: [] }))
    await probeOnce(provider({ kind: 'ollama', baseUrl: server.url, key: { type: 'none' } }))
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization')
  })
})

describe('paths and headers', () => {
  it.each<[kind: ProviderKind, base: string, over: Parameters<typeof provider>[0], path: string]>([
    ['anthropic', '/v1', {}, '/v1/models?limit=1'],
    ['anthropic', '/proxy/', {}, '/proxy/v1/models?limit=1'],
    ['azure-openai', '/openai/v1/', {}, '/openai/v1/models'],
    ['azure-openai', '/openai', {}, '/openai/v1/models'],
    ['azure-openai', '', { apiVersion: '2024-10-21' }, '/openai/models?api-version=2024-10-21'],
    ['azure-openai', '', { apiVersion: 'preview' }, '/openai/v1/models?api-version=preview'],
    ['ollama', '/api', {}, '/api/tags'],
    ['openai', '/v1?tenant=7', {}, '/v1/models?tenant=7'],
    ['openai', '/v1', { probe: { path: '/other/list?x=1' } }, '/v1/other/list?x=1'],
    ['openai', '/v1', { probe: { path: '//evil.example/x' } }, '/v1/evil.example/x'],
    ['openai', '/v1', { probe: { path: '/https://evil.example/x' } }, '/v1/https://evil.example/x'],
    ['openai', '/v1', { probe: { path: '/\\evil.example/x' } }, '/v1//evil.example/x'],
  ])('%s under %j', async (kind, base, ...[over, path]) => {
    const server = await serve(json(OPENAI_LIST))
    await probeOnce(provider({ kind, ...over, baseUrl: `${server.url}${base}` }))
    expect(server.requests.map(({ url }) => url)).toEqual([path])
  })

  it("lets the provider's own headers win, and keeps those that are HTTP's", async () => {
    const server = await serve(json(OPENAI_LIST))
    const headers = {
      Authorization: 'Custom scheme',
      'X-Team': 'a',
      'Content-Length': '7',
      Connection: 'close',
    }
    const raw = await probeOnce(provider({ baseUrl: server.url, headers }))
    expect(raw.failure).toBeNull()
    expect(server.requests[0]?.headers).toMatchObject({ authorization: 'Custom scheme', 'x-team': 'a' })
    expect(server.requests[0]?.headers).not.toHaveProperty('content-length')
  })

  it('takes the API version that an Anthropic provider names', async () => {
    const server = await serve(json(OPENAI_LIST))
    await probeOnce(provider({ kind: 'anthropic', baseUrl: server.url, apiVersion: '2099-01-01' }))
    expect(server.requests[0]?.headers['anthropic-version']).toBe('2099-01-01')
  })
})

describe('completion', () => {
  const openai = (
    message: unknown,
    finish = 'stop',
    usage: unknown = { prompt_tokens: 12, completion_tokens: 2 },
  ) => ({
    choices: [{ message, finish_reason: finish }],
    usage,
  })
  const used = (inputTokens: number, outputTokens: number) => ({ inputTokens, outputTokens })

  it.each<[kind: ProviderKind, path: string, sent: unknown, answer: unknown]>([
    [
      'openai',
      '/v1/chat/completions',
      { model: 'm/1', max_completion_tokens: 256, stream: false },
      openai({ content: 'OK' }),
    ],
    [
      'mistral',
      '/v1/chat/completions',
      { model: 'm/1', max_tokens: 256 },
      openai({ content: [{ type: 'text', text: 'OK' }] }),
    ],
    [
      'anthropic',
      '/v1/messages',
      { model: 'm/1', max_tokens: 256 },
      {
        content: [{ type: 'text', text: 'OK' }],
        stop_reason: 'end_turn',
        usage: { input_tokens: 12, output_tokens: 2 },
      },
    ],
    [
      'google',
      '/v1beta/models/m%2F1:generateContent',
      { generationConfig: { maxOutputTokens: 256 } },
      {
        candidates: [{ content: { parts: [{ text: 'OK' }] }, finishReason: 'STOP' }],
        usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 1, thoughtsTokenCount: 1 },
      },
    ],
    [
      'cohere',
      '/v2/chat',
      { model: 'm/1', max_tokens: 256 },
      {
        message: { content: [{ type: 'text', text: 'OK' }] },
        finish_reason: 'COMPLETE',
        usage: {
          billed_units: { input_tokens: 12, output_tokens: 2 },
          tokens: { input_tokens: 99, output_tokens: 99 },
        },
      },
    ],
    [
      'ollama',
      '/api/chat',
      { model: 'm/1', stream: false, options: { num_predict: 256 } },
      { message: { content: 'OK' }, done_reason: 'stop', prompt_eval_count: 12, eval_count: 2 },
    ],
    [
      'azure-openai',
      '/openai/v1/chat/completions',
      { model: 'm/1', max_completion_tokens: 256 },
      openai({ content: 'OK' }),
    ],
  ])('%s', async (kind, path, ...[sent, answer]) => {
    const server = await serve(json(answer))
    const probe = { type: 'completion', model: 'm/1' } as const
    const raw = await probeOnce(provider({ kind, baseUrl: baseOf(kind, server.url), probe }))
    expect(raw).toMatchObject({ httpStatus: 200, failure: null, usage: used(12, 2) })
    expect(server.requests[0]).toMatchObject({ method: 'POST', url: path })
    expect(server.requests[0]?.headers['content-type']).toBe('application/json')
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject(sent as object)
  })

  it.each<[why: string, kind: ProviderKind, answer: unknown, ok: boolean]>([
    ['content', 'openai', openai({ content: 'OK' }), true],
    ['a refusal', 'openai', openai({ content: null, refusal: 'no' }), true],
    ['a tool call', 'openai', openai({ content: null, tool_calls: [{}] }), true],
    ['thought alone', 'openai', openai({ content: '', reasoning_content: 'hm' }), true],
    [
      'every token spent on thought',
      'openai',
      openai({ content: '' }, 'length', { prompt_tokens: 12, completion_tokens: 256 }),
      true,
    ],
    [
      'cut short without a token',
      'openai',
      openai({ content: '' }, 'length', { prompt_tokens: 12, completion_tokens: 0 }),
      false,
    ],
    ['cut short, usage not told', 'openai', openai({ content: '' }, 'length', undefined), true],
    ['blank content', 'openai', openai({ content: ' \n' }), false],
    ['no choice', 'openai', { choices: [] }, false],
    ['a list of models', 'openai', OPENAI_LIST, false],
    ['a bare text', 'openai', 'OK', false],
    [
      'thinking alone',
      'anthropic',
      { content: [{ type: 'thinking', thinking: 'hm' }], stop_reason: 'max_tokens' },
      true,
    ],
    [
      'every token spent',
      'anthropic',
      { content: [], stop_reason: 'max_tokens', usage: { input_tokens: 1, output_tokens: 256 } },
      true,
    ],
    ['empty content', 'anthropic', { content: [], stop_reason: 'end_turn' }, false],
    ['every token spent', 'google', { candidates: [{ finishReason: 'MAX_TOKENS' }] }, true],
    ['a blocked prompt', 'google', { promptFeedback: { blockReason: 'SAFETY' } }, false],
    ['every token spent', 'cohere', { message: {}, finish_reason: 'MAX_TOKENS' }, true],
    ['thinking alone', 'ollama', { message: { content: '', thinking: 'hm' } }, true],
    ['nothing', 'ollama', { message: { content: '' }, done_reason: 'stop' }, false],
  ])('%s (%s)', async (_why, kind, ...[answer, ok]) => {
    const server = await serve(json(answer))
    const raw = await probeOnce(
      provider({ kind, baseUrl: server.url, probe: { type: 'completion', model: 'm-1' } }),
    )
    expect(raw.failure).toEqual(ok ? null : { kind: 'bad_body', message: 'completion without content' })
  })

  it('names the dated Azure deployment in the path', async () => {
    const server = await serve(json(openai({ content: 'OK' })))
    const probe = { type: 'completion', model: 'gpt 4' } as const
    await probeOnce(provider({ kind: 'azure-openai', baseUrl: server.url, apiVersion: '2024-10-21', probe }))
    expect(server.requests[0]?.url).toBe(
      '/openai/deployments/gpt%204/chat/completions?api-version=2024-10-21',
    )
  })

  it("takes the provider's first model when the probe names none, and cannot run without any", async () => {
    const server = await serve(json(openai({ content: 'OK' })))
    const models = [{ name: 'first', alias: null, priceIn: null, priceOut: null }]
    await probeOnce(provider({ baseUrl: server.url, models, probe: { type: 'completion' } }))
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({ model: 'first' })
    const raw = await probeOnce(provider({ baseUrl: server.url, probe: { type: 'completion' } }))
    expect(raw.failure).toEqual({
      kind: 'probe_misconfigured',
      message: 'probe misconfigured: no model is named',
    })
  })

  it('is never sent twice, and follows only a redirect that keeps the request', async () => {
    const lost = await serveRaw((socket) => socket.once('data', () => socket.destroy()))
    const probe = { type: 'completion', model: 'm-1' } as const
    expect((await probeOnce(provider({ baseUrl: lost.url, probe }))).failure?.kind).toBe('reset')
    expect(lost.connections()).toBe(1)
    const moved = await serve((response) => response.writeHead(302, { location: '/elsewhere' }).end())
    expect((await probeOnce(provider({ baseUrl: moved.url, probe }))).failure?.message).toBe(
      'redirected without the request',
    )
    const kept = await serve((response, { url }) => {
      if (url === '/elsewhere') json(openai({ content: 'OK' }))(response)
      else response.writeHead(308, { location: '/elsewhere' }).end()
    })
    expect((await probeOnce(provider({ baseUrl: kept.url, probe }))).failure).toBeNull()
    expect(kept.requests.map(({ method, body }) => [method, body.length > 0])).toEqual([
      ['POST', true],
      ['POST', true],
    ])
  })

  it('cannot run against plain HTTP, nor can a model list', async () => {
    for (const type of ['completion', 'models'] as const) {
      const raw = await probeOnce(provider({ kind: 'http', probe: { type, model: 'm-1' } }))
      expect(raw.failure?.kind).toBe('probe_misconfigured')
    }
  })
})

describe('http', () => {
  it.each<[answer: number, expected: number | null, outcome: unknown]>([
    [200, null, { failure: null }],
    [204, null, { failure: null }],
    [503, null, { httpStatus: 503, failure: null }],
    [404, 404, { httpStatus: 404, failure: null, statusExpected: true }],
    [302, 302, { httpStatus: 302, failure: null, statusExpected: true }],
    [200, 204, { httpStatus: 200, failure: { kind: 'http_status', message: '200 where 204 was expected' } }],
    [404, 200, { httpStatus: 404, failure: null }],
  ])('answers %i where %s is expected', async (answer, expectStatus, outcome) => {
    const server = await serve((response) =>
      response.writeHead(answer, { location: 'https://other.example' }).end(),
    )
    const raw = await probeOnce(
      provider({
        kind: 'http',
        baseUrl: `${server.url}/health?deep=1`,
        probe: { type: 'http', expectStatus },
      }),
    )
    expect(raw).toMatchObject(outcome as object)
    expect(raw.statusExpected === true).toBe(expectStatus === answer)
    expect(server.requests[0]?.url).toBe('/health?deep=1')
  })

  it('does not care what a good page says, nor how long it is', async () => {
    const server = await serve((response) => response.writeHead(200).end(Buffer.alloc(3_000_000, 0x78)))
    const raw = await probeOnce(provider({ kind: 'http', baseUrl: server.url, probe: { type: 'http' } }))
    expect(raw).toMatchObject({ httpStatus: 200, failure: null })
  })
})

describe('tcp', () => {
  it('connects, measures and closes', async () => {
    const server = await serveRaw(() => undefined)
    const closed = server.closed()
    const raw = await probeOnce(provider({ kind: 'http', baseUrl: server.url, probe: { type: 'tcp' } }))
    expect(raw).toMatchObject({ httpStatus: null, failure: null })
    expect(raw.phases.connectMs).toBeGreaterThanOrEqual(0)
    expect(raw.phases.firstByteMs).toBeNull()
    await closed
  })

  it('says what keeps it from connecting', async () => {
    const server = await serveRaw(() => undefined)
    await server.stop()
    const refused = provider({ baseUrl: server.url, probe: { type: 'tcp' } })
    expect((await probeOnce(refused)).failure?.kind).toBe('refused')
    const slow = provider({ baseUrl: 'http://slow.example', probe: { type: 'tcp' } })
    const raw = await probeOnce(slow, { resolve: () => undefined, timeoutMs: 60 })
    expect(raw.failure).toEqual({ kind: 'dns', message: 'name not resolved within 60 ms' })
    const controller = new AbortController()
    const gone = await probeOnce(slow, { resolve: () => controller.abort(), signal: controller.signal })
    expect(gone.failure?.kind).toBe('client_gone')
  })
})

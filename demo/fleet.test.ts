import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { WeatherOrder } from './forced-weather.ts'
import { type Fleet, startFleet } from './fleet.ts'
import { openListener } from './listener.ts'
import { SIMULATED_PROVIDERS } from './providers.ts'

const provider = (id: string) => SIMULATED_PROVIDERS.find((one) => one.id === id)!
/** The fleet without waiting: every call is answered at once. */
const swift = SIMULATED_PROVIDERS.map((one) => ({
  ...one,
  climate: { ...one.climate, medianMs: 1, sigma: 0 },
}))

let fleet: Fleet
let now = 1_000_000
beforeEach(async () => {
  now = 1_000_000
  fleet = await startFleet({ seed: 1, providers: swift, now: () => now })
})
afterEach(() => fleet.stop())

const baseUrl = (id: string) => fleet.providers.find((one) => one.id === id)!.baseUrl
const keyHeaders: Record<string, (key: string) => Record<string, string>> = {
  openai: (key) => ({ authorization: `Bearer ${key}` }),
  openrouter: (key) => ({ authorization: `Bearer ${key}` }),
  azure: (key) => ({ 'api-key': key }),
  anthropic: (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01' }),
  google: (key) => ({ 'x-goog-api-key': key }),
  ollama: () => ({}),
}

async function call(
  id: string,
  path: string,
  options: { body?: unknown; key?: string; signal?: AbortSignal } = {},
) {
  const key = options.key ?? provider(id).apiKey ?? ''
  const response = await fetch(baseUrl(id) + path, {
    method: options.body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...keyHeaders[provider(id).api]!(key) },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const messages = [{ role: 'user', content: 'hi' }]
const openaiList = z.object({
  object: z.literal('list'),
  data: z.array(z.object({ id: z.string(), object: z.literal('model') })).min(1),
})
const openaiChat = z.object({
  object: z.literal('chat.completion'),
  choices: z
    .array(z.object({ message: z.object({ role: z.literal('assistant'), content: z.string().min(1) }) }))
    .length(1),
  usage: z.object({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }),
})
const openaiEmbeddings = z.object({
  data: z.array(z.object({ embedding: z.array(z.number()).length(768) })).length(2),
})
const anthropicList = z.object({
  data: z.array(z.object({ type: z.literal('model'), id: z.string() })).min(1),
  has_more: z.boolean(),
})
const anthropicMessage = z.object({
  type: z.literal('message'),
  content: z.array(z.object({ type: z.literal('text'), text: z.string().min(1) })),
  usage: z.object({ input_tokens: z.int(), output_tokens: z.int() }),
})
const googleList = z.object({ models: z.array(z.object({ name: z.string().startsWith('models/') })).min(1) })
const googleAnswer = z.object({
  candidates: z
    .array(z.object({ content: z.object({ parts: z.array(z.object({ text: z.string() })) }) }))
    .length(1),
  usageMetadata: z.object({ totalTokenCount: z.int() }),
})
const ollamaTags = z.object({ models: z.array(z.object({ name: z.string(), size: z.int() })).min(1) })
const ollamaChat = z.object({
  message: z.object({ role: z.literal('assistant'), content: z.string().min(1) }),
  done: z.literal(true),
})

describe('the shapes of the simulated APIs', () => {
  it.each<[id: string, path: string, body: unknown, schema: z.ZodType]>([
    ['openai-prod', '/models', undefined, openaiList],
    ['openai-prod', '/chat/completions', { model: 'gpt-4o', messages }, openaiChat],
    ['openai-prod', '/embeddings', { model: 'text-embedding-3-small', input: ['a', 'b'] }, openaiEmbeddings],
    ['openrouter', '/key', undefined, z.object({ data: z.object({ usage: z.number() }) })],
    ['groq', '/models', undefined, openaiList],
    ['azure-eu', '/openai/v1/models', undefined, openaiList],
    ['azure-eu', '/openai/models?api-version=2024-10-21', undefined, openaiList],
    [
      'azure-eu',
      '/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21',
      { messages },
      openaiChat,
    ],
    ['anthropic', '/v1/models?limit=1', undefined, anthropicList],
    ['anthropic', '/v1/messages', { model: 'claude-haiku-4-5', max_tokens: 8, messages }, anthropicMessage],
    ['gemini', '/models?pageSize=1', undefined, googleList],
    ['gemini', '/models/gemini-2.5-flash:generateContent', { contents: [{ parts: [] }] }, googleAnswer],
    ['local-ollama', '/api/tags', undefined, ollamaTags],
    ['local-ollama', '/api/chat', { model: 'llama3.2:3b', messages, stream: false }, ollamaChat],
    ['local-ollama', '/v1/models', undefined, openaiList],
    ['local-ollama', '/v1/messages', { model: 'llama3.2:3b', max_tokens: 8, messages }, anthropicMessage],
    ['anthropic', '/v1/chat/completions', { model: 'claude-haiku-4-5', messages }, openaiChat],
    ['gemini', '/openai/chat/completions', { model: 'gemini-2.5-flash', messages }, openaiChat],
    [
      'openrouter',
      '/messages',
      { model: 'anthropic/claude-sonnet-4.5', max_tokens: 8, messages },
      anthropicMessage,
    ],
    ['local-ollama', '/v1/chat/completions', { model: 'llama3.2:3b', messages }, openaiChat],
  ])('%s %s', async (id, path, body, schema) => {
    const answer = await call(id, path, { body })
    expect(answer.status).toBe(200)
    expect(schema.safeParse(JSON.parse(answer.text)).error).toBeUndefined()
  })

  it.each([
    [
      'openai-prod',
      '/chat/completions',
      { model: 'gpt-4o', messages, stream: true },
      'text/event-stream',
      /\[DONE\]\n\n$/,
    ],
    [
      'anthropic',
      '/v1/messages',
      { model: 'claude-haiku-4-5', max_tokens: 8, messages, stream: true },
      'text/event-stream',
      /"message_stop"}\n\n$/,
    ],
    [
      'gemini',
      '/models/gemini-2.5-pro:streamGenerateContent',
      { contents: [{}] },
      'text/event-stream',
      /"finishReason":"STOP".*\n\n$/,
    ],
    [
      'local-ollama',
      '/api/chat',
      { model: 'llama3.2:3b', messages },
      'application/x-ndjson',
      /"done":true.*\n$/,
    ],
  ])('%s streams %s', async (id, path, body, type, end) => {
    const answer = await call(id, path, { body })
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.text).toMatch(end)
    expect(answer.text.split('\n').length).toBeGreaterThan(8)
  })

  it('tells a stream’s usage to who asks for it', async () => {
    const body = { model: 'gpt-4o', messages, stream: true }
    const usage = /"choices":\[\],"usage":\{"prompt_tokens"/
    const asking = { ...body, stream_options: { include_usage: true } }
    expect((await call('openai-prod', '/chat/completions', { body: asking })).text).toMatch(usage)
    expect((await call('openai-prod', '/chat/completions', { body })).text).not.toMatch(usage)
  })

  it('takes a bearer where Google speaks OpenAI’s', async () => {
    const response = await fetch(`${baseUrl('gemini')}/openai/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${provider('gemini').apiKey}` },
      body: JSON.stringify({ model: 'gemini-2.5-flash', messages }),
    })
    expect(response.status).toBe(200)
  })

  it.each(SIMULATED_PROVIDERS.filter((one) => one.apiKey !== null).map(({ id }) => [id]))(
    '%s refuses a wrong key',
    async (id) => {
      expect((await call(id, '/models', { key: 'wrong' })).status).toBe(401)
    },
  )

  it.each([
    ['an unknown model', { model: 'gpt-9', messages }, 404],
    ['a body without messages', { model: 'gpt-4o' }, 400],
    ['no JSON object at all', 'text', 400],
  ])('refuses %s in its own words', async (_why, body, status) => {
    const answer = await call('openai-prod', '/chat/completions', { body })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.text)).toMatchObject({ error: { type: 'invalid_request_error' } })
  })

  it('has no other endpoints', async () => {
    expect((await call('anthropic', '/v1/nothing')).status).toBe(404)
  })
})

describe('ordered weather', () => {
  const post = (url: string, body: unknown) => fetch(url, { method: 'POST', body: JSON.stringify(body) })
  const origin = (id: string) => new URL(baseUrl(id)).origin
  const list = (id: string) => call(id, '/models')

  it('takes an order on the provider’s own port', async () => {
    const answer = await post(`${origin('groq')}/__weather`, { condition: 'status', status: 529 })
    expect(answer.status).toBe(200)
    expect((await list('groq')).status).toBe(529)
    await post(`${origin('groq')}/__weather`, { condition: 'script' })
    expect((await list('groq')).status).toBe(200)
  })

  it('refuses an order it does not know, and changes nothing', async () => {
    const answer = await post(`${origin('groq')}/__weather`, { condition: 'status', status: 200 })
    expect(answer.status).toBe(422)
    expect((await list('groq')).status).toBe(200)
  })

  it('shuts the port of one that is down, and opens it on an order to the control port', async () => {
    const down = await post(`${origin('groq')}/__weather`, { condition: 'down' })
    expect(down.status).toBe(200)
    await fleet.providers.find((one) => one.id === 'groq')!.follow()
    const refused = await list('groq').catch((error: unknown) => (error as Error).cause)
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' })
    expect((await list('mistral')).status).toBe(200)
    expect((await post(`${fleet.controlUrl}/groq/__weather`, { condition: 'up' })).status).toBe(200)
    expect((await list('groq')).status).toBe(200)
  })

  it('names the providers when the control port is asked for another', async () => {
    const answer = await post(`${fleet.controlUrl}/nobody/__weather`, { condition: 'up' })
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('groq')
  })

  it('ends by itself after its time', async () => {
    await fleet.order('groq', { condition: 'down', forMs: 5_000 })
    now += 4_999
    await fleet.providers.find((one) => one.id === 'groq')!.follow()
    await expect(list('groq')).rejects.toThrow()
    now += 1
    await fleet.providers.find((one) => one.id === 'groq')!.follow()
    expect((await list('groq')).status).toBe(200)
  })

  it.each<[format: string, id: string, order: WeatherOrder, header: string, value: string]>([
    ['seconds', 'groq', { condition: 'rate-limit' }, 'retry-after', '8'],
    [
      'a date',
      'openrouter',
      { condition: 'rate-limit', seconds: 60 },
      'retry-after',
      'Thu, 01 Jan 1970 00:17:40 GMT',
    ],
    ['milliseconds', 'azure-eu', { condition: 'rate-limit', seconds: 1.5 }, 'retry-after-ms', '1500'],
    [
      'a duration',
      'openai-prod',
      { condition: 'rate-limit', seconds: 372 },
      'x-ratelimit-reset-requests',
      '6m12s',
    ],
    [
      'a time',
      'anthropic',
      { condition: 'rate-limit', seconds: 20 },
      'anthropic-ratelimit-requests-reset',
      '1970-01-01T00:17:00.000Z',
    ],
    [
      'a format it was told',
      'groq',
      { condition: 'rate-limit', seconds: 2, format: 'milliseconds' },
      'retry-after-ms',
      '2000',
    ],
  ])('says when to come back as %s', async (_format, id, order, header, value) => {
    await fleet.order(id, order)
    const answer = await call(
      id,
      id === 'anthropic' ? '/v1/models' : id === 'azure-eu' ? '/openai/v1/models' : '/models',
    )
    expect(answer.status).toBe(429)
    expect(answer.headers.get(header)).toBe(value)
  })

  it('hangs until the caller gives up', async () => {
    await fleet.order('mistral', { condition: 'hang' })
    const giveUp = new AbortController()
    let ended = false
    const pending = expect(
      call('mistral', '/models', { signal: giveUp.signal }).finally(() => {
        ended = true
      }),
    ).rejects.toThrow(/abort/)
    // A later call to the same port comes back first.
    expect((await fetch(`${origin('mistral')}/__weather`)).status).toBe(200)
    expect(ended).toBe(false)
    giveUp.abort()
    await pending
  })

  it('resets connections', async () => {
    await fleet.order('gemini', { condition: 'reset' })
    for (let attempt = 0; attempt < 6; attempt += 1) await expect(call('gemini', '/models')).rejects.toThrow()
  })

  it('sends bodies that are not what the API promises', async () => {
    await fleet.order('openai-prod', { condition: 'bad-body' })
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const answer = await call('openai-prod', '/models')
      expect(answer.status).toBe(200)
      const isWhole = () => openaiList.safeParse(JSON.parse(answer.text)).success
      expect(answer.text.startsWith('{') && answer.text.endsWith('}') && isWhole()).toBe(false)
    }
  })

  describe('over a stream', () => {
    type Asked = { path: string; model: string; patienceMs?: number }
    /** What is heard of a stream until it ends, breaks, or nothing has come for as long as there is patience. */
    async function listen(id: string, { path, model, patienceMs = 20_000 }: Asked) {
      const giveUp = new AbortController()
      let text = ''
      let timer = setTimeout(() => giveUp.abort(), patienceMs)
      const { promise, resolve } = Promise.withResolvers<'whole' | 'broken' | 'silent'>()
      const headers = {
        'content-type': 'application/json',
        ...keyHeaders[provider(id).api]!(provider(id).apiKey ?? ''),
      }
      const body = JSON.stringify({ model, max_tokens: 8, messages, stream: true })
      try {
        const response = await fetch(baseUrl(id) + path, {
          method: 'POST',
          headers,
          body,
          signal: giveUp.signal,
        })
        for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
          text += piece
          clearTimeout(timer)
          timer = setTimeout(() => giveUp.abort(), patienceMs)
        }
        resolve('whole')
      } catch {
        resolve(giveUp.signal.aborted ? 'silent' : 'broken')
      }
      clearTimeout(timer)
      return { ending: await promise, text }
    }
    const often = (id: string, asked: Asked) =>
      Promise.all(Array.from({ length: 16 }, () => listen(id, asked)))
    const token = /"content":"\w|"text":"\w/

    it('resets before the first token, or after it', async () => {
      await fleet.order('groq', { condition: 'reset' })
      const heard = await often('groq', { path: '/chat/completions', model: 'llama-3.1-8b-instant' })
      expect(new Set(heard.map(({ ending }) => ending))).toEqual(new Set(['broken']))
      expect(new Set(heard.map(({ text }) => token.test(text)))).toEqual(new Set([true, false]))
    })

    it('falls silent before the first token, or after it', async () => {
      await fleet.order('mistral', { condition: 'hang' })
      const heard = await often('mistral', {
        path: '/chat/completions',
        model: 'mistral-small-latest',
        patienceMs: 1_000,
      })
      expect(new Set(heard.map(({ ending }) => ending))).toEqual(new Set(['silent']))
      expect(new Set(heard.map(({ text }) => token.test(text)))).toEqual(new Set([true, false]))
    })

    it.each([
      ['groq', '/chat/completions', 'llama-3.1-8b-instant', /^data: \{"error":/, /\[DONE\]/],
      ['anthropic', '/v1/messages', 'claude-haiku-4-5', /^event: error\ndata: /, /message_stop/],
      ['local-ollama', '/api/chat', 'llama3.2:3b', /^\{"error":.*\}\n$/, /"done":true/],
    ])(
      '%s cuts it short, sends a page, or an error in the stream’s own form',
      async (id, path, model, error, end) => {
        await fleet.order(id, { condition: 'bad-body' })
        const heard = await often(id, { path, model })
        const kind = (text: string) =>
          text.startsWith('<html>') ? 'page' : error.test(text) ? 'error' : token.test(text) ? 'cut' : text
        expect(new Set(heard.map(({ text }) => kind(text)))).toEqual(new Set(['page', 'error', 'cut']))
        expect(heard.filter(({ text }) => end.test(text))).toEqual([])
      },
    )
  })

  it('is slow by as much as it was told', async () => {
    await fleet.order('groq', { condition: 'slow', ms: 40 })
    const startedAt = performance.now()
    await list('groq')
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(39)
  })
})

describe('scripted weather', () => {
  const groq = () => fleet.providers.find((one) => one.id === 'groq')!

  it('stays calm until it is begun', () => {
    now += 30_000
    expect(groq().conditions().reachable).toBe(true)
  })

  it('plays the opening act from when it is begun, on real ports', async () => {
    now += 500_000
    fleet.beginWeather()
    now += 20_000
    await groq().follow()
    const socket = connect(groq().port, '127.0.0.1')
    expect(await once(socket, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }])
    now += 35_000
    await groq().follow()
    expect((await call('groq', '/models')).status).toBe(200)
  })
})

describe('startFleet', () => {
  it('leaves nothing open when a port is taken', async () => {
    const taken = await openListener(0, (_request, response) => response.end('{}'))
    // A latency of its own tells this fleet's ports from anybody else's.
    const medianMs = 1 + taken.port / 7
    const marked = swift.map((one) => ({ ...one, climate: { ...one.climate, medianMs, drift: 0 } }))
    const basePort = taken.port - 3
    await expect(startFleet({ seed: 1, basePort, providers: marked })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
    const answers = marked.map((_, index) =>
      fetch(`http://127.0.0.1:${basePort + 1 + index}/__weather`).then(
        (response) => response.text(),
        () => '',
      ),
    )
    expect((await Promise.all(answers)).filter((text) => text.includes(`"medianMs":${medianMs}`))).toEqual([])
    await taken.setOpen(false)
  })

  it('stops while calls hang', async () => {
    const own = await startFleet({ seed: 1, providers: swift.slice(0, 1) })
    const [only] = own.providers
    await only!.order({ condition: 'hang' })
    const pending = fetch(`${only!.baseUrl}/models`)
    const failed = expect(pending).rejects.toThrow()
    await own.stop()
    await failed
  })
})

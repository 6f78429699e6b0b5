import Anthropic from '@anthropic-ai/sdk'
import { describe, expect, it } from 'vitest'
import { answers, hangs, streams, streamsAll } from '../testing/faulty-upstream.fixture.ts'
import {
  MESSAGE_HEAD,
  messages as answersMessage,
  messageText,
  saysMessage,
  streamsMessage,
} from '../testing/scripted-answers.fixture.ts'
import { stageGateway } from '../testing/stage-gateway.fixture.ts'

const ask = { model: 'claude-1', max_tokens: 100, messages: [{ role: 'user' as const, content: 'hello' }] }

async function client(options: Parameters<typeof stageGateway>[0] = {}) {
  const key = { type: 'sealed', sealed: 'sealed(test-key-1)', last4: 'ey-1' } as const
  const stage = await stageGateway({ provider: { kind: 'anthropic', key }, ...options })
  const anthropic = new Anthropic({ baseURL: stage.url, apiKey: 'unused', maxRetries: 0 })
  return { stage, anthropic, upstream: stage.upstream() }
}

const rejected = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

describe('the Anthropic client', () => {
  it('sends messages, with the provider’s key and the client’s version', async () => {
    const { stage, anthropic, upstream } = await client()
    upstream.does(saysMessage('hello there'))
    const answer = await anthropic.messages.create({ ...ask, metadata: { user_id: 'ann' } })
    expect(answer.content).toEqual([{ type: 'text', text: 'hello there' }])
    expect(upstream.heard[0]).toMatchObject({
      path: '/v1/messages',
      headers: { 'x-api-key': 'test-key-1', 'anthropic-version': '2026-10-21' },
    })
    expect(stage.entry('acme').models.get('claude-1')?.tokens).not.toBeNull()
  })

  it('streams', async () => {
    const { stage, anthropic, upstream } = await client()
    upstream.does(streamsMessage('hello ', 'there'))
    const stream = anthropic.messages.stream(ask)
    expect(await stream.finalText()).toBe('hello there')
    expect((await stream.finalMessage()).usage.output_tokens).toBe(3)
    expect(stage.decided()?.decision.attempts[0]).toMatchObject({ class: 'ok', firstTokenMs: 0 })
  })

  it('uses tools', async () => {
    const { anthropic, upstream } = await client()
    const use = { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Bern' } } as const
    upstream.does(answersMessage([use], 'tool_use'))
    const tools = [{ name: 'weather', input_schema: { type: 'object' as const } }]
    const answer = await anthropic.messages.create({ ...ask, tools })
    expect(answer.content[0]).toMatchObject(use)
    expect(answer.stop_reason).toBe('tool_use')
  })

  it('takes a beta along', async () => {
    const { anthropic, upstream } = await client()
    upstream.does(saysMessage('hello'))
    await anthropic.beta.messages.create({ ...ask, betas: ['files-api-2025-04-14'] })
    expect(upstream.heard[0]?.headers['anthropic-beta']).toBe('files-api-2025-04-14')
  })

  it('lists models', async () => {
    const { anthropic } = await client()
    const ids: string[] = []
    for await (const { id } of anthropic.models.list()) ids.push(id)
    expect(ids).toEqual(['gpt-4o', 'route:main'])
    expect(await anthropic.models.retrieve('gpt-4o')).toMatchObject({ type: 'model', id: 'gpt-4o' })
  })

  it.each([
    [400, Anthropic.BadRequestError],
    [429, Anthropic.RateLimitError],
    [529, Anthropic.InternalServerError],
  ])('throws the error of its API for a provider’s %i', async (status, kind) => {
    const { anthropic, upstream } = await client()
    upstream.does(answers(status, { type: 'error', error: { type: 'x_error', message: 'boom' } }))
    const error = await rejected(anthropic.messages.create(ask))
    expect(error).toBeInstanceOf(kind)
    expect(error).toMatchObject({ status, error: { error: { message: 'boom' } } })
  })

  it('throws the gateway’s own errors alike', async () => {
    const { anthropic, upstream } = await client()
    await upstream.refuse()
    expect(await rejected(anthropic.messages.create(ask))).toMatchObject({
      status: 502,
      error: { type: 'error', error: { type: 'api_error', code: 'provider_failed' } },
    })
  })

  it('throws when a stream breaks off', async () => {
    const { anthropic, upstream } = await client()
    upstream.does(streamsAll(...MESSAGE_HEAD, messageText('hello')))
    let text = ''
    const stream = anthropic.messages.stream(ask).on('text', (delta) => (text += delta))
    const error = await rejected(stream.finalMessage())
    expect(error).toBeInstanceOf(Anthropic.APIError)
    expect((error as Error).message).toContain('broke off')
    expect(text).toBe('hello')
  })

  it('is moved to another provider when the first is overloaded within a good answer', async () => {
    const { stage, anthropic, upstream } = await client({
      providers: ['acme', 'blue'],
      provider: { kind: 'anthropic' },
    })
    const overloaded = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
    upstream.does(streamsAll(...MESSAGE_HEAD, `event: error\ndata: ${JSON.stringify(overloaded)}\n\n`))
    stage.upstream('blue').does(streamsMessage('from blue'))
    expect(await anthropic.messages.stream(ask).finalText()).toBe('from blue')
  })

  it('aborts, and the provider’s call with it', async () => {
    const { stage, anthropic, upstream } = await client()
    upstream.does(
      streams((response) => void response.write([...MESSAGE_HEAD, messageText('hello')].join(''))),
    )
    const stream = anthropic.messages.stream(ask)
    const hungUp = upstream.isHungUp()
    stream.on('text', () => stream.abort())
    expect(await rejected(stream.finalMessage())).toBeInstanceOf(Anthropic.APIUserAbortError)
    await hungUp
    expect(stage.decided()?.decision.attempts[0]?.class).toBe('cancelled')
  })

  it('gives up at its own time-out, which the gateway knows of', async () => {
    const { stage, anthropic, upstream } = await client()
    upstream.does(hangs)
    const error = rejected(anthropic.messages.create(ask, { timeout: 4_000 }))
    await upstream.hears(1)
    await stage.passTime(4_000)
    expect(await error).toMatchObject({ status: 504 })
  })

  it('retries by itself what it may', async () => {
    const { stage, upstream } = await client()
    const anthropic = new Anthropic({ baseURL: stage.url, apiKey: 'unused', maxRetries: 1 })
    upstream.does(answers(500, {}), saysMessage('at last'))
    expect((await anthropic.messages.create(ask)).content).toEqual([{ type: 'text', text: 'at last' }])
    upstream.does(answers(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } }))
    expect(await rejected(anthropic.messages.create(ask))).toBeInstanceOf(Anthropic.BadRequestError)
    expect(upstream.heard).toHaveLength(3)
  })
})

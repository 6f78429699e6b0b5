import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import {
  answers,
  DONE,
  hangs,
  resets,
  says,
  streams,
  streamsAll,
  streamSays,
  token,
} from '../testing/faulty-upstream.fixture.ts'
import {
  callsTool,
  embeds,
  RESPONSE_HEAD,
  responds,
  responseText,
  streamsResponse,
  streamsTool,
  TOOL_CALL,
} from '../testing/scripted-answers.fixture.ts'
import { stageGateway } from '../testing/stage-gateway.fixture.ts'

const messages = [{ role: 'user' as const, content: 'hello' }]
const model = 'gpt-4o'

async function client(options: Parameters<typeof stageGateway>[0] = {}) {
  const stage = await stageGateway({ provider: { kind: 'openai' }, ...options })
  const openai = new OpenAI({ baseURL: `${stage.url}/v1`, apiKey: 'unused', maxRetries: 0 })
  return { stage, openai, upstream: stage.upstream() }
}

const rejected = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

describe('the OpenAI client', () => {
  it('chats, and finds its request by the id it is given', async () => {
    const { stage, openai, upstream } = await client()
    upstream.does(says('hello there'))
    const answer = await openai.chat.completions.create({ model, messages })
    expect(answer.choices[0]?.message.content).toBe('hello there')
    expect(answer.usage?.total_tokens).toBe(10)
    expect(stage.engine.routing.log.find(answer._request_id ?? '')).not.toBeNull()
  })

  it('streams', async () => {
    const { openai, upstream } = await client()
    upstream.does(streamSays('hello ', 'there'))
    let text = ''
    for await (const chunk of await openai.chat.completions.create({ model, messages, stream: true }))
      text += chunk.choices[0]?.delta.content ?? ''
    expect(text).toBe('hello there')
  })

  it('calls tools, whole and streamed', async () => {
    const { openai, upstream } = await client()
    const tools = [
      {
        type: 'function' as const,
        function: { name: 'weather', parameters: { type: 'object', properties: {} } },
      },
    ]
    upstream.does(callsTool, streamsTool)
    const answer = await openai.chat.completions.create({ model, messages, tools })
    expect(answer.choices[0]?.message.tool_calls).toEqual([TOOL_CALL])
    const stream = openai.chat.completions.stream({ model, messages, tools })
    const [choice] = (await stream.finalChatCompletion()).choices
    expect(choice?.message.tool_calls?.[0]).toMatchObject({
      function: { name: 'weather', arguments: '{"city":"Bern"}' },
    })
    expect(JSON.parse(upstream.heard[0]?.body ?? '')).toMatchObject({ tools })
  })

  it('embeds', async () => {
    const { openai, upstream } = await client()
    upstream.does(embeds)
    const answer = await openai.embeddings.create({
      model: 'text-embedding',
      input: 'hello',
      encoding_format: 'float',
    })
    expect(answer.data[0]?.embedding).toEqual([0.25, 0.5, 0.75])
    expect(upstream.heard[0]?.path).toBe('/v1/embeddings')
  })

  it('completes texts', async () => {
    const { openai, upstream } = await client()
    const body = {
      id: 'c',
      object: 'text_completion',
      created: 1,
      model,
      choices: [{ index: 0, text: 'hi', finish_reason: 'stop' }],
    }
    upstream.does(answers(200, body), streamsAll(`data: ${JSON.stringify(body)}\n\n`, DONE))
    expect((await openai.completions.create({ model, prompt: 'x' })).choices[0]?.text).toBe('hi')
    let text = ''
    for await (const chunk of await openai.completions.create({ model, prompt: 'x', stream: true }))
      text += chunk.choices[0]?.text ?? ''
    expect(text).toBe('hi')
  })

  it('asks for responses, whole and streamed', async () => {
    const { stage, openai, upstream } = await client()
    upstream.does(responds, streamsResponse)
    expect((await openai.responses.create({ model, input: 'hello' })).output_text).toBe('hello there')
    const types: string[] = []
    let text = ''
    for await (const event of await openai.responses.create({ model, input: 'hello', stream: true })) {
      types.push(event.type)
      if (event.type === 'response.output_text.delta') text += event.delta
    }
    expect(text).toBe('hello there')
    expect(types.at(-1)).toBe('response.completed')
    expect(stage.decided()?.decision.attempts[0]).toMatchObject({ class: 'ok', firstTokenMs: 0 })
    expect(stage.entry('acme').models.get('gpt-4o')?.tokens).not.toBeNull()
  })

  it('lists models', async () => {
    const { openai } = await client()
    const ids: string[] = []
    for await (const { id } of openai.models.list()) ids.push(id)
    expect(ids).toEqual(['gpt-4o', 'route:main'])
    expect(await openai.models.retrieve('gpt-4o')).toMatchObject({ id: 'gpt-4o', object: 'model' })
  })

  it.each([
    [400, OpenAI.BadRequestError],
    [404, OpenAI.NotFoundError],
    [422, OpenAI.UnprocessableEntityError],
    [429, OpenAI.RateLimitError],
    [500, OpenAI.InternalServerError],
  ])('throws the error of its API for a provider’s %i', async (status, kind) => {
    const { openai, upstream } = await client()
    upstream.does(answers(status, { error: { message: 'boom', type: 'x', code: 'y', param: null } }))
    const error = await rejected(openai.chat.completions.create({ model, messages }))
    expect(error).toBeInstanceOf(kind)
    expect(error).toMatchObject({ status, code: 'y', message: `${status} boom` })
  })

  it('throws the gateway’s own errors alike', async () => {
    const { openai } = await client()
    expect(await rejected(openai.chat.completions.create({ model: 'none', messages }))).toMatchObject({
      status: 404,
      code: 'model_not_found',
    })
  })

  it('throws when a stream breaks off, having shown what there was', async () => {
    const { openai, upstream } = await client()
    upstream.does(
      streams((response) =>
        response.write(token('hello'), () => setImmediate(() => response.socket?.resetAndDestroy())),
      ),
    )
    let text = ''
    const reading = (async () => {
      for await (const chunk of await openai.chat.completions.create({ model, messages, stream: true }))
        text += chunk.choices[0]?.delta.content ?? ''
    })()
    const error = await rejected(reading)
    expect(error).toBeInstanceOf(OpenAI.APIError)
    expect(error).toMatchObject({ code: 'stream_broken' })
    expect(text).toBe('hello')
  })

  it('throws when a stream of responses breaks off', async () => {
    const { openai, upstream } = await client()
    upstream.does(streamsAll(...RESPONSE_HEAD, responseText('hello')))
    const events: string[] = []
    const reading = (async () => {
      for await (const event of await openai.responses.create({ model, input: 'hello', stream: true }))
        events.push(event.type)
    })()
    expect(await rejected(reading)).toBeInstanceOf(OpenAI.APIError)
    expect(events.at(-1)).toBe('response.output_text.delta')
  })

  it('aborts, and the provider’s call with it', async () => {
    const { stage, openai, upstream } = await client()
    upstream.does(streams((response) => void response.write(token('hello'))))
    const stream = await openai.chat.completions.create({ model, messages, stream: true })
    const hungUp = upstream.isHungUp()
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content === 'hello') break
    await hungUp
    expect(stage.decided()?.decision.attempts[0]?.class).toBe('cancelled')
  })

  it('gives up at its own time-out, which the gateway knows of', async () => {
    const { stage, openai, upstream } = await client()
    upstream.does(hangs)
    const error = rejected(openai.chat.completions.create({ model, messages }, { timeout: 4_000 }))
    await upstream.hears(1)
    await stage.passTime(4_000)
    expect(await error).toMatchObject({ status: 504, code: 'client_deadline' })
  })

  it('retries by itself what it may, and is spared what the gateway can mend', async () => {
    const { stage, upstream } = await client({ providers: ['acme', 'blue'] })
    const openai = new OpenAI({ baseURL: `${stage.url}/v1`, apiKey: 'unused', maxRetries: 2 })
    upstream.does(resets)
    stage.upstream('blue').does(says('from blue'))
    const mended = await openai.chat.completions.create({ model, messages })
    expect(mended.choices[0]?.message.content).toBe('from blue')
    expect(upstream.heard).toHaveLength(1)
    const busy = { 'retry-after-ms': '1' }
    upstream.does(answers(503, {}, busy))
    stage.upstream('blue').does(answers(503, {}, busy))
    const retried = rejected(openai.chat.completions.create({ model, messages }))
    expect(await retried).toMatchObject({ status: 503 })
    expect(stage.engine.routing.log.held()).toHaveLength(4)
  })
})

import { HumanMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  answers,
  resets,
  says,
  streams,
  streamsAll,
  streamSays,
  token,
} from '../testing/faulty-upstream.fixture.ts'
import { callsTool, embeds, responds } from '../testing/scripted-answers.fixture.ts'
import { stageGateway } from '../testing/stage-gateway.fixture.ts'

async function client(options: Parameters<typeof stageGateway>[0] = {}) {
  const stage = await stageGateway({ provider: { kind: 'openai' }, ...options })
  const configuration = { baseURL: `${stage.url}/v1` }
  const chat = (over: object = {}) =>
    new ChatOpenAI({ model: 'gpt-4o', apiKey: 'unused', maxRetries: 0, configuration, ...over })
  return { stage, chat, configuration, upstream: stage.upstream() }
}

const rejected = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

const input = [new HumanMessage('hello')]

describe('LangChain', () => {
  it('chats, over chat and over responses', async () => {
    const { chat, upstream } = await client()
    upstream.does(says('hello there'), responds)
    const answer = await chat().invoke(input)
    expect(answer.content).toBe('hello there')
    expect(answer.usage_metadata).toMatchObject({ input_tokens: 7, output_tokens: 3 })
    expect((await chat({ useResponsesApi: true }).invoke(input)).text).toBe('hello there')
  })

  it('streams', async () => {
    const { chat, upstream } = await client()
    upstream.does(streamSays('hello ', 'there'))
    let text = ''
    for await (const chunk of await chat().stream(input)) text += chunk.text
    expect(text).toBe('hello there')
  })

  it('calls tools', async () => {
    const { chat, upstream } = await client()
    upstream.does(callsTool)
    const weather = tool(() => 'sunny', {
      name: 'weather',
      description: 'the weather',
      schema: z.object({ city: z.string() }),
    })
    const answer = await chat().bindTools([weather]).invoke(input)
    expect(answer.tool_calls).toMatchObject([{ name: 'weather', args: { city: 'Bern' } }])
  })

  it('embeds', async () => {
    const { configuration, upstream } = await client()
    upstream.does(embeds)
    const embeddings = new OpenAIEmbeddings({
      model: 'text-embedding',
      apiKey: 'unused',
      maxRetries: 0,
      configuration,
    })
    expect(await embeddings.embedQuery('hello')).toHaveLength(3)
  })

  it('throws a provider’s error and the gateway’s own', async () => {
    const { chat, upstream } = await client()
    upstream.does(answers(400, { error: { message: 'boom', type: 'x', code: 'y', param: null } }))
    expect(await rejected(chat().invoke(input))).toMatchObject({ status: 400, code: 'y' })
    expect(await rejected(chat({ model: 'none' }).invoke(input))).toMatchObject({
      status: 404,
      code: 'model_not_found',
    })
  })

  it('throws when a stream breaks off', async () => {
    const { chat, upstream } = await client()
    upstream.does(streamsAll(token('hello')))
    let text = ''
    const reading = (async () => {
      for await (const chunk of await chat().stream(input)) text += chunk.text
    })()
    expect(await rejected(reading)).toMatchObject({ code: 'stream_broken' })
    expect(text).toBe('hello')
  })

  it('aborts, and the provider’s call with it', async () => {
    const { stage, chat, upstream } = await client()
    upstream.does(streams((response) => void response.write(token('hello'))))
    const abort = new AbortController()
    const hungUp = upstream.isHungUp()
    const reading = (async () => {
      for await (const chunk of await chat().stream(input, { signal: abort.signal }))
        if (chunk.text === 'hello') abort.abort()
    })()
    expect(await rejected(reading)).toBeInstanceOf(Error)
    await hungUp
    expect(stage.decided()?.decision.attempts[0]?.class).toBe('cancelled')
  })

  it('is spared what the gateway can mend', async () => {
    const { stage, chat, upstream } = await client({ providers: ['acme', 'blue'] })
    upstream.does(resets)
    stage.upstream('blue').does(says('from blue'))
    expect((await chat().invoke(input)).content).toBe('from blue')
  })

  it('retries by itself what it may', async () => {
    const { chat, upstream } = await client()
    upstream.does(answers(503, {}), says('at last'))
    expect((await chat({ maxRetries: 1 }).invoke(input)).content).toBe('at last')
  })
})

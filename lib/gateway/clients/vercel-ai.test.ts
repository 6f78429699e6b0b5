import { createOpenAI } from '@ai-sdk/openai'
import { APICallError, embed, generateText, streamText, tool } from 'ai'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  answers,
  DONE,
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
  responds,
  streamsResponse,
  streamsTool,
} from '../testing/scripted-answers.fixture.ts'
import { stageGateway } from '../testing/stage-gateway.fixture.ts'

async function client(options: Parameters<typeof stageGateway>[0] = {}) {
  const stage = await stageGateway({ provider: { kind: 'openai' }, ...options })
  const openai = createOpenAI({ baseURL: `${stage.url}/v1`, apiKey: 'unused' })
  return { stage, openai, upstream: stage.upstream() }
}

const rejected = (promise: PromiseLike<unknown>) =>
  Promise.resolve(promise).then(
    () => null,
    (error: unknown) => error,
  )

const prompt = 'hello'
const once = { maxRetries: 0 }

const weather = tool({
  description: 'the weather',
  inputSchema: z.object({ city: z.string() }),
  execute: ({ city }) => `sunny in ${city}`,
})

describe("Vercel's AI SDK", () => {
  it('generates text over chat and over responses', async () => {
    const { openai, upstream } = await client()
    upstream.does(says('hello there'), responds)
    expect((await generateText({ ...once, model: openai.chat('gpt-4o'), prompt })).text).toBe('hello there')
    expect((await generateText({ ...once, model: openai.responses('gpt-4o'), prompt })).text).toBe(
      'hello there',
    )
    expect(upstream.heard.map(({ path }) => path)).toEqual(['/v1/chat/completions', '/v1/responses'])
  })

  it('streams text over chat and over responses', async () => {
    const { openai, upstream } = await client()
    upstream.does(streamSays('hello ', 'there'), streamsResponse)
    for (const model of [openai.chat('gpt-4o'), openai.responses('gpt-4o')]) {
      let text = ''
      for await (const delta of streamText({ ...once, model, prompt }).textStream) text += delta
      expect(text).toBe('hello there')
    }
  })

  it('calls tools, whole and streamed', async () => {
    const { openai, upstream } = await client()
    upstream.does(callsTool, streamsTool)
    const model = openai.chat('gpt-4o')
    const whole = await generateText({ ...once, model, prompt, tools: { weather } })
    const streamed = streamText({ ...once, model, prompt, tools: { weather } })
    for (const calls of [whole.toolCalls, await streamed.toolCalls])
      expect(calls).toMatchObject([{ toolName: 'weather', input: { city: 'Bern' } }])
  })

  it('embeds', async () => {
    const { openai, upstream } = await client()
    upstream.does(embeds)
    const { embedding } = await embed({ ...once, model: openai.embedding('text-embedding'), value: 'hello' })
    expect(embedding).toEqual([0.25, 0.5, 0.75])
  })

  it('throws a provider’s error and the gateway’s own', async () => {
    const { openai, upstream } = await client()
    upstream.does(answers(400, { error: { message: 'boom', type: 'x', code: 'y', param: null } }))
    const passed = await rejected(generateText({ ...once, model: openai.chat('gpt-4o'), prompt }))
    expect(passed).toBeInstanceOf(APICallError)
    expect(passed).toMatchObject({ statusCode: 400, message: 'boom', isRetryable: false })
    const own = await rejected(generateText({ ...once, model: openai.chat('none'), prompt }))
    expect(own).toMatchObject({ statusCode: 404, isRetryable: false })
    expect((own as Error).message).toContain('No route serves the model "none"')
  })

  it('learns that a stream broke off', async () => {
    const { openai, upstream } = await client()
    upstream.does(streamsAll(token('hello')))
    const errors: unknown[] = []
    const result = streamText({
      ...once,
      model: openai.chat('gpt-4o'),
      prompt,
      onError: ({ error }) => void errors.push(error),
    })
    let text = ''
    for await (const delta of result.textStream) text += delta
    expect(text).toBe('hello')
    expect(JSON.stringify(errors)).toContain('stream_broken')
  })

  it('aborts, and the provider’s call with it', async () => {
    const { stage, openai, upstream } = await client()
    upstream.does(streams((response) => void response.write(token('hello'))))
    const abort = new AbortController()
    const hungUp = upstream.isHungUp()
    const result = streamText({ ...once, model: openai.chat('gpt-4o'), prompt, abortSignal: abort.signal })
    for await (const delta of result.textStream) if (delta === 'hello') abort.abort()
    await hungUp
    expect(stage.decided()?.decision.attempts[0]?.class).toBe('cancelled')
  })

  it('is spared what the gateway can mend', async () => {
    const { stage, openai, upstream } = await client({ providers: ['acme', 'blue'] })
    upstream.does(resets)
    stage.upstream('blue').does(streamsAll(token('from blue'), DONE))
    let text = ''
    for await (const delta of streamText({ ...once, model: openai.chat('gpt-4o'), prompt }).textStream)
      text += delta
    expect(text).toBe('from blue')
  })

  it('retries by itself what it may', async () => {
    const { openai, upstream } = await client()
    upstream.does(answers(503, {}), says('at last'))
    const answer = await generateText({ model: openai.chat('gpt-4o'), prompt, maxRetries: 1 })
    expect(answer.text).toBe('at last')
  })
})

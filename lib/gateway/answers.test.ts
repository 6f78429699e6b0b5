import { describe, expect, it } from 'vitest'
import { answers, completionOf, DONE, says, streamSays } from './testing/faulty-upstream.fixture.ts'
import { ask, CHAT, stageGateway } from './testing/stage-gateway.fixture.ts'

describe('a request', () => {
  it('is carried to a provider and its answer back, with what the gateway has to say of it', async () => {
    const stage = await stageGateway()
    stage.upstream().does(says('hello'))
    const got = await stage.send(CHAT, ask(), { 'x-request-id': 'mine-1' })
    expect(got).toMatchObject({ status: 200, isWhole: true })
    expect(JSON.parse(got.text)).toEqual(completionOf('hello'))
    expect(got.headers).toMatchObject({
      'content-type': 'application/json',
      'x-request-id': 'mine-1',
      'x-switchyard-provider': 'acme',
      'x-switchyard-attempts': '1',
    })
    expect(got.headers['server-timing']).toMatch(/^total;dur=[\d.]+, upstream;dur=[\d.]+$/)
    expect(got.headers).not.toHaveProperty('x-switchyard-retry')
    expect(stage.engine.routing.log.find('mine-1')?.decision).toMatchObject({
      id: got.headers['x-switchyard-decision'],
      attempts: [{ providerId: 'acme', class: 'ok', httpStatus: 200 }],
    })
    expect(stage.entry('acme').models.get('gpt-4o')?.tokens).toBeTruthy()
  })

  it('keeps every byte of its body, save for the model where a provider calls it otherwise', async () => {
    const stage = await stageGateway({
      route: {
        members: [{ providerId: 'acme', model: 'gpt-4o-2024 "x"', weight: null, priority: null }],
      },
    })
    stage.upstream().does(says('hello'))
    const body =
      '{ "messages" : [{"role":"user","content":"ö \\u00f6 \\"model\\""}],\n"model"\t: "gpt-4o" ,"n":1e0}'
    expect((await stage.send(CHAT, body)).status).toBe(200)
    const [heard] = stage.upstream().heard
    expect(heard?.body).toBe(body.replace('"gpt-4o"', '"gpt-4o-2024 \\"x\\""'))
    expect(heard?.path).toBe('/v1/chat/completions')
  })

  it('keeps every letter of the answer, whatever its alphabet', async () => {
    const stage = await stageGateway()
    stage.upstream().does(says('Gleis neun – “9” Ω 東京 🚉'))
    const got = await stage.send(CHAT, ask())
    expect(JSON.parse(got.text)).toEqual(completionOf('Gleis neun – “9” Ω 東京 🚉'))
    expect(Number(got.headers['content-length'])).toBe(Buffer.byteLength(got.text))
  })

  it.each([
    ['an error in a good one’s clothes', { error: { message: 'überlastet 🚉' } }, 'überlastet 🚉'],
    ['nothing but a mark of its coding', '\uFEFF', 'answer is empty'],
    ['what is no JSON', '\uFEFFhallö', 'answer is not JSON'],
  ])('tells of %s in words that can be read', async (_what, body, words) => {
    const stage = await stageGateway()
    stage.upstream().does(answers(200, body))
    expect((await stage.send(CHAT, ask())).status).toBe(502)
    expect(stage.decided()?.decision.attempts).toMatchObject([{ class: 'provider_error', error: words }])
  })

  it('never takes a client’s credentials or its connection’s headers along, nor brings the provider’s back', async () => {
    const stage = await stageGateway({
      provider: { key: { type: 'sealed', sealed: 'sealed(test-key-1)', last4: 'ey-1' } },
    })
    stage.upstream().does(
      answers(200, completionOf('hello'), {
        'set-cookie': 'a=b',
        connection: 'x-hop, keep-alive',
        'x-hop': '1',
        'x-request-id': 'upstream-1',
        'x-ratelimit-remaining-requests': '9',
        'x-switchyard-provider': 'forged',
      }),
    )
    const got = await stage.send(`${CHAT}?beta=true&api_key=client-1`, ask(), {
      authorization: 'Bearer client-1',
      'x-api-key': 'client-2',
      cookie: 'client=3',
      'openai-organization': 'org-client',
      'x-switchyard-user': 'ann',
      connection: 'x-mine, keep-alive',
      'x-mine': '1',
      'accept-encoding': 'gzip',
      traceparent: '00-1-2-03',
      'openai-beta': 'assistants=v2',
    })
    const [heard] = stage.upstream().heard
    expect(JSON.stringify(heard)).not.toMatch(/client|x-mine|org-|ann|gzip/)
    expect(heard?.path).toBe('/v1/chat/completions?beta=true')
    expect(heard?.headers).toMatchObject({
      authorization: 'Bearer test-key-1',
      'accept-encoding': 'identity',
      traceparent: '00-1-2-03',
      'openai-beta': 'assistants=v2',
    })
    expect(got.headers).toMatchObject({
      'x-switchyard-provider': 'acme',
      'x-switchyard-upstream-request-id': 'upstream-1',
      'x-ratelimit-remaining-requests': '9',
    })
    expect(got.headers).not.toHaveProperty('set-cookie')
    expect(got.headers).not.toHaveProperty('x-hop')
  })

  it('reads a key that a reference names only when it is needed', async () => {
    const stage = await stageGateway({ provider: { key: { type: 'reference', reference: 'env:LATE' } } })
    stage.upstream().does(says('hello'))
    expect((await stage.send(CHAT, ask())).status).toBe(200)
    expect(stage.upstream().heard[0]?.headers.authorization).toBe('Bearer late-test-key')
  })

  it('is streamed when it asks for it', async () => {
    const stage = await stageGateway()
    stage.upstream().does(streamSays('a', 'b'))
    const got = await stage.send(CHAT, ask({ stream: true }))
    expect(got).toMatchObject({
      status: 200,
      isWhole: true,
      headers: { 'content-type': 'text/event-stream' },
    })
    expect(got.text).toContain('"content":"a"')
    expect(got.text.endsWith(DONE)).toBe(true)
    expect(stage.decided()?.decision.attempts).toMatchObject([{ class: 'ok', firstTokenMs: 0 }])
  })

  it('names a route by name', async () => {
    const stage = await stageGateway()
    stage.upstream().does(says('hello'))
    expect((await stage.send(CHAT, ask({ model: 'route:main' }))).status).toBe(200)
    expect(JSON.parse(stage.upstream().heard[0]?.body ?? '')).toMatchObject({ model: 'gpt-4o' })
  })
})

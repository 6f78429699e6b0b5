import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import {
  answers,
  type Behaviour,
  chunkOf,
  completionOf,
  DONE,
  FINISH,
  hangs,
  KEEP_ALIVE,
  resets,
  ROLE,
  says,
  streams,
  streamsAll,
  streamSays,
  token,
} from './testing/faulty-upstream.fixture.ts'
import {
  MESSAGE_END,
  MESSAGE_HEAD,
  messageText,
  RESPONSE_END,
  RESPONSE_HEAD,
  responseText,
  streamsMessage,
  streamsResponse,
} from './testing/scripted-answers.fixture.ts'
import { arrive, ask, CHAT, type Got, stageGateway } from './testing/stage-gateway.fixture.ts'

type Stage = Awaited<ReturnType<typeof stageGateway>>

/** The error in an answer of OpenAI's shape, or in the last event of its stream. */
function errorIn({ text }: Pick<Got, 'text'>): { code: string | null; message: string; type: string } {
  const last = text.startsWith('{') ? text : (text.trim().split('\n\n').at(-1) ?? '').replace(/^data: /, '')
  return (JSON.parse(last) as { error: { code: string; message: string; type: string } }).error
}

/** What the newest decision recorded of its attempts: `acme provider_error 500`. */
const attemptsOf = (stage: Stage) =>
  (stage.decided()?.decision.attempts ?? []).map(
    (attempt) => `${attempt.providerId} ${attempt.class} ${String(attempt.httpStatus)}`,
  )

const STREAM = ask({ stream: true })

/** Breaks off within an answer that announced more. */
const breaksOff =
  (head: Record<string, string>, ...pieces: string[]): Behaviour =>
  (response) => {
    response.writeHead(200, head)
    for (const piece of pieces) response.write(piece)
    setImmediate(() => response.socket?.resetAndDestroy())
  }

const JSON_HEAD = { 'content-type': 'application/json' }
const SSE_HEAD = { 'content-type': 'text/event-stream' }

/** Sends what the test chooses below HTTP: the head as it is written here. */
const raw =
  (...lines: string[]): Behaviour =>
  (response) => {
    const { socket } = response
    socket?.end(lines.join('\r\n'))
  }

const large = (bytes: number) => JSON.stringify(completionOf('x'.repeat(bytes)))

describe('a provider that fails before it has said anything', () => {
  const faults: [what: string, behaviour: Behaviour, body: object, attempt: string][] = [
    ['resets before an answer', resets, ask(), 'acme provider_error null'],
    [
      'breaks off within its JSON',
      breaksOff({ ...JSON_HEAD, 'content-length': '999' }, '{"choices":'),
      ask(),
      'acme provider_error 200',
    ],
    [
      'announces more than it sends',
      raw('HTTP/1.1 200 OK', 'content-type: application/json', 'content-length: 500', '', large(10)),
      ask(),
      'acme provider_error 200',
    ],
    [
      'announces less than it sends',
      raw('HTTP/1.1 200 OK', 'content-type: application/json', 'content-length: 20', '', large(10)),
      ask(),
      'acme provider_error 200',
    ],
    ['answers 500', answers(500, { error: { message: 'boom' } }), ask(), 'acme provider_error 500'],
    ['is overloaded', answers(529, { error: { message: 'later' } }), ask(), 'acme provider_error 529'],
    [
      'says 200 with an error',
      answers(200, { error: { message: 'boom', code: 'server_error' } }),
      ask(),
      'acme provider_error 200',
    ],
    [
      'says 200 with a page',
      answers(200, '<html>', { 'content-type': 'text/html' }),
      ask(),
      'acme provider_error 200',
    ],
    ['says 200 with nothing', answers(200, ''), ask(), 'acme provider_error 200'],
    ['says 200 with something else', answers(200, { hello: 'world' }), ask(), 'acme provider_error 200'],
    [
      'redirects',
      answers(302, {}, { location: 'http://elsewhere.example/' }),
      ask(),
      'acme provider_error 302',
    ],
    [
      'packs its answer in a way nobody asked for',
      answers(200, '{}', { 'content-encoding': 'rot13' }),
      ask(),
      'acme provider_error null',
    ],
    ['is not HTTP', raw('hello'), ask(), 'acme provider_error null'],
    ['refuses the key', answers(401, { error: { message: 'bad key' } }), ask(), 'acme credentials 401'],
    [
      'has no credit left',
      answers(429, { error: { message: 'pay', code: 'insufficient_quota' } }),
      ask(),
      'acme credentials 429',
    ],
    ['limits the rate', answers(429, { error: { message: 'slow down' } }), ask(), 'acme rate_limited 429'],
    [
      'begins a stream with an error',
      streamsAll(ROLE, `data: {"error":{"message":"boom"}}\n\n`),
      STREAM,
      'acme provider_error 200',
    ],
    [
      'breaks off a stream with nothing but roles',
      breaksOff(SSE_HEAD, ROLE, KEEP_ALIVE, ROLE),
      STREAM,
      'acme provider_error 200',
    ],
    ['ends a stream with nothing but roles', streamsAll(ROLE, KEEP_ALIVE), STREAM, 'acme provider_error 200'],
    ['ends a stream within an event', streamsAll(ROLE, 'data: {"choi'), STREAM, 'acme provider_error 200'],
    ['streams what is not JSON', streamsAll('data: hello\n\n'), STREAM, 'acme provider_error 200'],
    ['sends an empty stream', streamsAll(), STREAM, 'acme provider_error 200'],
    [
      'answers a stream with JSON that is an error',
      answers(200, { error: { message: 'boom' } }),
      STREAM,
      'acme provider_error 200',
    ],
  ]

  it.each(faults)(
    'and %s is replaced by the next, unseen by the client',
    async (_what, behaviour, body, attempt) => {
      const stage = await stageGateway({ providers: ['acme', 'blue'] })
      stage.upstream('acme').does(behaviour)
      const isStream = body === STREAM
      stage.upstream('blue').does(isStream ? streamSays('hello') : says('hello'))
      const got = await stage.send(CHAT, body)
      expect(got).toMatchObject({ status: 200, isWhole: true })
      expect(got.text).toContain('hello')
      expect(got.text).not.toMatch(/boom|html/)
      expect(got.headers).toMatchObject({ 'x-switchyard-provider': 'blue', 'x-switchyard-attempts': '2' })
      expect(attemptsOf(stage)).toEqual([attempt, 'blue ok 200'])
      const { own, model } = stage.circuits('acme')
      const isFailure = attempt.includes('provider_error')
      expect(model?.consecutiveFailures ?? 0).toBe(isFailure ? 1 : 0)
      expect(own.state).toBe(attempt.includes('credentials') ? 'open' : 'closed')
      expect(stage.upstream('blue').heard[0]?.body).toBe(stage.upstream('acme').heard[0]?.body)
    },
  )

  it.each(faults.filter(([, , , attempt]) => attempt.includes('provider_error')))(
    'and %s opens its model’s circuit at the fifth time, and not its own',
    async (_what, behaviour, body) => {
      const stage = await stageGateway({
        route: {
          limits: { maxAttempts: 1, timeoutMs: null, firstTokenTimeoutMs: null, stallTimeoutMs: null },
        },
      })
      stage.upstream().does(behaviour)
      for (let count = 1; count <= 5; count += 1) {
        expect(stage.circuits().model?.state ?? 'closed').toBe('closed')
        expect((await stage.send(CHAT, body)).status).toBeGreaterThanOrEqual(500)
      }
      expect(stage.circuits().model?.state).toBe('open')
      expect(stage.recorded()).toContain('acme/gpt-4o closed>open consecutive_failures')
    },
  )
})

describe('a provider that cannot be reached', () => {
  it('and refuses is replaced by the next; its own circuit opens at the fifth time, its model’s does not', async () => {
    const stage = await stageGateway({ providers: ['acme', 'blue'] })
    stage.settle({ routing: { ...DEFAULT_SETTINGS.routing, retryBudgetMin: 100 } })
    await stage.upstream('acme').refuse()
    stage.upstream('blue').does(says('hello'))
    for (let count = 1; count <= 5; count += 1) {
      expect(await stage.send(CHAT, ask())).toMatchObject({ status: 200 })
      expect(attemptsOf(stage)).toEqual(['acme provider_error null', 'blue ok 200'])
    }
    expect(stage.circuits('acme')).toMatchObject({ own: { state: 'open' }, model: { state: 'closed' } })
    await stage.send(CHAT, ask())
    expect(attemptsOf(stage)).toEqual(['blue ok 200'])
  })

  it('and is the only one is an error in the API’s shape that may be retried', async () => {
    const stage = await stageGateway()
    await stage.upstream().refuse()
    const got = await stage.send(CHAT, ask())
    expect(got).toMatchObject({
      status: 502,
      headers: { 'x-should-retry': 'true', 'x-switchyard-attempts': '1' },
    })
    expect(errorIn(got)).toMatchObject({
      code: 'provider_failed',
      type: 'server_error',
      message: 'The provider failed: connect refused.',
    })
  })

  it('keeps a kept connection’s end to itself: a server that had closed it is asked again', async () => {
    const stage = await stageGateway()
    stage.upstream().does(says('one'), resets, says('two'))
    expect((await stage.send(CHAT, ask())).text).toContain('one')
    expect((await stage.send(CHAT, ask())).text).toContain('two')
    expect(attemptsOf(stage)).toEqual(['acme ok 200'])
  })
})

describe('a provider that hangs', () => {
  it('before its headers ends with the request’s time, and counts', async () => {
    const stage = await stageGateway({ limits: { requestMs: 60_000 } })
    stage.upstream().does(hangs)
    const sent = stage.begin(CHAT, ask())
    await stage.upstream().hears(1)
    const hungUp = stage.upstream().isHungUp()
    await stage.passTime(59_999)
    expect(stage.entry('acme').calls).toBe(1)
    await stage.passTime(1)
    const got = await sent.answer
    expect(got.status).toBe(504)
    expect(errorIn(got).code).toBe('request_timeout')
    expect(attemptsOf(stage)).toEqual(['acme provider_error null'])
    expect(stage.circuits().model?.consecutiveFailures).toBe(1)
    await hungUp
  })

  it.each<[what: string, behaviour: Behaviour, httpStatus: number | null]>([
    ['before its headers', hangs, null],
    ['after its headers', streams(() => undefined), 200],
    ['after a role', streams((response) => void response.write(ROLE)), 200],
  ])(
    '%s, asked for a stream, is left after the first-token time-out',
    async (_what, behaviour, httpStatus) => {
      const stage = await stageGateway({ providers: ['acme', 'blue'] })
      stage.upstream('acme').does(behaviour)
      stage.upstream('blue').does(streamSays('hello'))
      const sent = stage.begin(CHAT, STREAM)
      await stage.upstream('acme').hears(1)
      await stage.passTime(29_999)
      expect(stage.upstream('blue').heard).toHaveLength(0)
      await stage.passTime(1)
      expect((await sent.answer).text).toContain('hello')
      expect(attemptsOf(stage)).toEqual([`acme provider_error ${String(httpStatus)}`, 'blue ok 200'])
      expect(stage.circuits('acme').model?.consecutiveFailures).toBe(1)
    },
  )

  it('and keeps its connection open with comments, pings and empty events is left all the same', async () => {
    const stage = await stageGateway({ providers: ['acme', 'blue'] })
    const alive = Promise.withResolvers<(piece: string) => void>()
    stage.upstream('acme').does(streams((response) => alive.resolve((piece) => void response.write(piece))))
    stage.upstream('blue').does(streamSays('hello'))
    const sent = stage.begin(CHAT, STREAM)
    const keepAlive = await alive.promise
    for (let second = 10; second <= 30; second += 10) {
      keepAlive(KEEP_ALIVE)
      keepAlive(ROLE)
      keepAlive('event: ping\ndata: {}\n\n')
      await stage.passTime(10_000)
    }
    expect((await sent.answer).text).toContain('hello')
    expect(attemptsOf(stage)).toEqual(['acme provider_error 200', 'blue ok 200'])
  })

  it.each<[what: string, path: string, model: string, head: readonly string[], answer: Behaviour]>([
    ['a message', '/v1/messages', 'claude-1', MESSAGE_HEAD, streamsMessage('hello')],
    ['a response', '/v1/responses', 'gpt-4o', RESPONSE_HEAD, streamsResponse],
  ])(
    'once it has announced %s is left after the first-token time-out',
    async (_what, path, model, head, answer) => {
      const kind = path === '/v1/messages' ? ('anthropic' as const) : ('openai' as const)
      const stage = await stageGateway({ providers: ['acme', 'blue'], provider: { kind } })
      const opened = Promise.withResolvers<(piece: string) => void>()
      stage
        .upstream('acme')
        .does(streams((response) => opened.resolve((piece) => void response.write(piece))))
      stage.upstream('blue').does(answer)
      const sent = stage.begin(path, { ...STREAM, model })
      const write = await opened.promise
      await stage.passTime(20_000)
      for (const event of head) write(event)
      await stage.passTime(9_999)
      expect(stage.upstream('blue').heard).toHaveLength(0)
      await stage.passTime(1)
      expect((await sent.answer).text).toContain('hello')
      expect(attemptsOf(stage)).toEqual(['acme provider_error 200', 'blue ok 200'])
    },
  )

  it('after the headers of an answer that is no stream ends with the request’s time, and counts', async () => {
    const stage = await stageGateway({ limits: { requestMs: 60_000 } })
    stage.upstream().does((response) => {
      response.writeHead(200, JSON_HEAD)
      response.flushHeaders()
    })
    const sent = stage.begin(CHAT, ask())
    await stage.upstream().hears(1)
    await stage.passTime(0)
    await stage.passTime(60_000)
    const got = await sent.answer
    expect(got.status).toBe(504)
    expect(errorIn(got).code).toBe('request_timeout')
    expect(attemptsOf(stage)).toEqual(['acme provider_error 200'])
    expect(stage.circuits().model?.consecutiveFailures).toBe(1)
  })

  it('after the headers of JSON, asked for a stream, is left after the first-token time-out', async () => {
    const stage = await stageGateway({ providers: ['acme', 'blue'] })
    stage.upstream('acme').does((response) => {
      response.writeHead(200, JSON_HEAD)
      response.flushHeaders()
    })
    stage.upstream('blue').does(streamSays('hello'))
    const sent = stage.begin(CHAT, STREAM)
    await stage.upstream('acme').hears(1)
    await stage.passTime(0)
    await stage.passTime(30_000)
    expect((await sent.answer).text).toContain('hello')
    expect(attemptsOf(stage)).toEqual(['acme provider_error 200', 'blue ok 200'])
    expect(stage.circuits('acme').model?.consecutiveFailures).toBe(1)
  })

  it.each([
    [503, 'provider_error', 1],
    [429, 'rate_limited', 0],
    [401, 'credentials', 0],
  ])('after the headers of an error speaks by its status: %i is %s', async (status, outcome, failures) => {
    const stage = await stageGateway({ providers: ['acme', 'blue'] })
    stage.upstream('acme').does((response) => {
      response.writeHead(status, JSON_HEAD)
      response.flushHeaders()
    })
    stage.upstream('blue').does(says('hello'))
    const sent = stage.begin(CHAT, ask())
    await stage.upstream('acme').hears(1)
    await stage.passTime(0)
    await stage.passTime(30_000)
    expect((await sent.answer).text).toContain('hello')
    expect(attemptsOf(stage)[0]).toBe(`acme ${outcome} ${status}`)
    expect(stage.circuits('acme').model?.consecutiveFailures).toBe(failures)
  })

  it('within an error’s body until the request’s time is over speaks by its status too', async () => {
    const stage = await stageGateway({ limits: { requestMs: 20_000 } })
    stage.upstream().does((response) => {
      response.writeHead(429, JSON_HEAD)
      response.flushHeaders()
    })
    const sent = stage.begin(CHAT, ask())
    await stage.upstream().hears(1)
    await stage.passTime(0)
    await stage.passTime(20_000)
    expect((await sent.answer).status).toBe(504)
    expect(attemptsOf(stage)).toEqual(['acme rate_limited 429'])
  })

  it('within its JSON is left after the stall time-out; white space before it is no stall', async () => {
    const stage = await stageGateway({ providers: ['acme', 'blue'] })
    const write = Promise.withResolvers<(piece: string) => void>()
    stage.upstream('acme').does((response) => {
      response.writeHead(200, JSON_HEAD)
      write.resolve((piece) => void response.write(piece))
    })
    stage.upstream('blue').does(says('hello'))
    const sent = stage.begin(CHAT, ask())
    const acme = await write.promise
    acme('\n')
    await stage.passTime(120_000)
    expect(stage.upstream('blue').heard).toHaveLength(0)
    acme('{"choices":')
    await stage.passTime(0)
    await stage.passTime(30_000)
    expect((await sent.answer).text).toContain('hello')
    expect(attemptsOf(stage)[0]).toBe('acme provider_error 200')
    expect(stage.circuits('acme').model?.consecutiveFailures).toBe(1)
  })
})

describe('a stream that has begun', () => {
  /** Sends a stream in pieces by hand. */
  async function streaming(options: Parameters<typeof stageGateway>[0] = {}) {
    const stage = await stageGateway(options)
    const opened = Promise.withResolvers<{
      write: (piece: string) => void
      end: () => void
      reset: () => void
    }>()
    stage.upstream().does(
      streams((response) =>
        opened.resolve({
          write: (piece) => void response.write(piece),
          end: () => response.end(),
          reset: () => response.socket?.resetAndDestroy(),
        }),
      ),
    )
    const sent = stage.begin(CHAT, STREAM)
    return { stage, sent, provider: await opened.promise }
  }

  it('and breaks off ends for the client with an error of its API', async () => {
    const { stage, sent, provider } = await streaming()
    provider.write(ROLE)
    provider.write(token('hello'))
    await sent.until('hello')
    provider.reset()
    const got = await sent.answer
    expect(got).toMatchObject({ status: 200, isWhole: true })
    expect(errorIn(got)).toMatchObject({
      code: 'stream_broken',
      message: expect.stringContaining('connection reset') as string,
    })
    expect(got.text).not.toContain('[DONE]')
    expect(attemptsOf(stage)).toEqual(['acme provider_error 200'])
    expect(stage.circuits().model?.consecutiveFailures).toBe(1)
  })

  it('shows its client no half event, though the provider sent one', async () => {
    const { stage, sent, provider } = await streaming()
    provider.write(`${token('hello')}data: {"choices":[{"del`)
    await sent.until('hello')
    provider.end()
    const got = await sent.answer
    expect(got.text).not.toContain('[{"del')
    expect(errorIn(got).message).toContain('within an event')
    expect(attemptsOf(stage)).toEqual(['acme provider_error 200'])
    expect(stage.circuits().model?.consecutiveFailures).toBe(1)
  })

  it('and ends before it is complete ends with an error', async () => {
    const { stage, sent, provider } = await streaming()
    provider.write(token('hello'))
    provider.end()
    expect(errorIn(await sent.answer).code).toBe('stream_broken')
    expect(attemptsOf(stage)).toEqual(['acme provider_error 200'])
  })

  it('may end without [DONE] when a choice has finished', async () => {
    const { stage, sent, provider } = await streaming()
    provider.write(token('hello'))
    provider.write(FINISH)
    provider.end()
    expect((await sent.answer).text).toBe(`${token('hello')}${FINISH}`)
    expect(attemptsOf(stage)).toEqual(['acme ok 200'])
  })

  it.each<[what: string, path: string, model: string, pieces: readonly string[]]>([
    ['[DONE]', CHAT, 'gpt-4o', [ROLE, token('hello'), FINISH, DONE]],
    ['the choice that has finished', CHAT, 'gpt-4o', [ROLE, token('hello'), FINISH]],
    ['the choice that has finished, and all else,', CHAT, 'gpt-4o', [FINISH]],
    ['its figures', CHAT, 'gpt-4o', [token('hello'), FINISH, 'data: {"choices":[],"usage":{}}\n\n']],
    [
      'response.completed',
      '/v1/responses',
      'gpt-4o',
      [...RESPONSE_HEAD, responseText('hello'), ...RESPONSE_END],
    ],
    ['message_stop', '/v1/messages', 'claude-1', [...MESSAGE_HEAD, messageText('hello'), ...MESSAGE_END]],
  ])('may leave out the blank line after %s', async (_what, path, model, pieces) => {
    const kind = path === '/v1/messages' ? ('anthropic' as const) : ('openai' as const)
    const whole = pieces.join('')
    for (const text of [whole.slice(0, -1), whole.slice(0, -2)]) {
      const stage = await stageGateway({ provider: { kind } })
      stage.upstream().does(streamsAll(text))
      expect(await stage.send(path, { ...STREAM, model })).toMatchObject({ status: 200, text, isWhole: true })
      expect(attemptsOf(stage)).toEqual(['acme ok 200'])
      expect(stage.entry('acme').models.get(model)?.circuit.consecutiveFailures).toBe(0)
    }
  })

  it.each([
    ['half an event', 'data: {"choices":[{"del'],
    ['half a field’s name', 'dat'],
    ['an error, without the blank line after it', 'data: {"error":{"message":"boom"}}'],
  ])('and has finished, but then sends %s, ends with an error', async (_what, rest) => {
    const { stage, sent, provider } = await streaming()
    provider.write(`${token('hello')}${FINISH}${rest}`)
    provider.end()
    expect(errorIn(await sent.answer).code).toBe('stream_broken')
    expect(attemptsOf(stage)).toEqual(['acme provider_error 200'])
  })

  it('may put white space behind [DONE]', async () => {
    const stage = await stageGateway()
    const text = `${token('hello')}data: [DONE] \r\n\r\n`
    stage.upstream().does(streamsAll(text))
    expect(await stage.send(CHAT, STREAM)).toMatchObject({ status: 200, text, isWhole: true })
    expect(attemptsOf(stage)).toEqual(['acme ok 200'])
  })

  it('with an error inside hands it on and counts', async () => {
    const { stage, sent, provider } = await streaming()
    provider.write(token('hello'))
    await sent.until('hello')
    provider.write('data: {"error":{"message":"boom","code":"server_error"}}\n\n')
    const got = await sent.answer
    expect(got.text.match(/"error"/g)).toHaveLength(1)
    expect(errorIn(got)).toMatchObject({ message: 'boom' })
    expect(attemptsOf(stage)).toEqual(['acme provider_error 200'])
    expect(stage.circuits().model?.consecutiveFailures).toBe(1)
    expect(stage.decided()?.decision.attempts[0]?.error).toContain('boom')
  })

  it.each<[api: string, path: string, model: string, begin: readonly string[], error: string]>([
    [
      'messages',
      '/v1/messages',
      'claude-1',
      [...MESSAGE_HEAD, messageText('hello')],
      'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"boom"}}\n\n',
    ],
    [
      'responses',
      '/v1/responses',
      'gpt-4o',
      [...RESPONSE_HEAD, responseText('hello')],
      'event: error\ndata: {"type":"error","code":"server_error","message":"boom","param":null}\n\n',
    ],
    [
      'responses that fail as a whole',
      '/v1/responses',
      'gpt-4o',
      [...RESPONSE_HEAD, responseText('hello')],
      `event: response.failed\ndata: ${JSON.stringify({ type: 'response.failed', response: { error: { code: 'server_error', message: 'boom' } } })}\n\n`,
    ],
  ])(
    'with an error inside hands it on as the API of %s has it, and counts',
    async (_api, path, model, begin, error) => {
      const kind = path === '/v1/messages' ? ('anthropic' as const) : ('openai' as const)
      const stage = await stageGateway({ provider: { kind } })
      // The provider says no more and leaves the connection open: only the error tells.
      stage.upstream().does(streams((response) => void response.write([...begin, error].join(''))))
      const got = await stage.send(path, { ...STREAM, model })
      expect(got.text.endsWith(error)).toBe(true)
      expect(got.text.match(/boom/g)).toHaveLength(1)
      expect(attemptsOf(stage)).toEqual(['acme provider_error 200'])
      expect(stage.entry('acme').models.get(model)?.circuit.consecutiveFailures).toBe(1)
      expect(stage.decided()?.decision.attempts[0]?.error).toContain('boom')
    },
  )

  it('and stands still is ended after the stall time-out, whatever keep-alives do', async () => {
    const { stage, sent, provider } = await streaming()
    provider.write(token('hello'))
    await sent.until('hello')
    for (let second = 10; second < 30; second += 10) {
      provider.write(KEEP_ALIVE)
      await stage.passTime(10_000)
    }
    provider.write(ROLE)
    await stage.passTime(10_000)
    expect(errorIn(await sent.answer).code).toBe('stream_stalled')
    expect(attemptsOf(stage)).toEqual(['acme provider_error 200'])
    expect(stage.circuits().model?.consecutiveFailures).toBe(1)
  })

  it('and is slow, but goes on, is left alone', async () => {
    const { stage, sent, provider } = await streaming({ limits: { requestMs: 3_600_000 } })
    for (let count = 0; count < 10; count += 1) {
      for (const byte of token(`<${count}>`)) provider.write(byte)
      await sent.until(`<${count}>`)
      await stage.passTime(29_000)
    }
    provider.write(DONE)
    provider.end()
    expect(await sent.answer).toMatchObject({ isWhole: true })
    expect(attemptsOf(stage)).toEqual(['acme ok 200'])
  })

  it('ends with the request’s time, and says so', async () => {
    const { stage, sent, provider } = await streaming({ limits: { requestMs: 20_000 } })
    provider.write(token('hello'))
    await sent.until('hello')
    await stage.passTime(20_000)
    expect(errorIn(await sent.answer)).toMatchObject({ code: 'stream_cut' })
    expect(attemptsOf(stage)).toEqual(['acme provider_error 200'])
  })

  it('is over when all is said, though the provider keeps the connection open', async () => {
    const { stage, sent, provider } = await streaming()
    provider.write(`${token('hello')}${DONE}`)
    await sent.until('[DONE]')
    await stage.passTime(1_000)
    expect(await sent.answer).toMatchObject({ isWhole: true })
    expect(attemptsOf(stage)).toEqual(['acme ok 200'])
  })

  it('passes on an event that is too large to be kept, and still ends well', async () => {
    const { stage, sent, provider } = await streaming()
    const event = token('x'.repeat(3_000_000))
    provider.write(token('hello'))
    provider.write(event)
    provider.write(`${FINISH}${DONE}`)
    provider.end()
    const got = await sent.answer
    expect(got.text).toBe(`${token('hello')}${event}${FINISH}${DONE}`)
    expect(attemptsOf(stage)).toEqual(['acme ok 200'])
  })

  it('that breaks off within such an event still ends with an error of its own', async () => {
    const { stage, sent, provider } = await streaming()
    provider.write(token('hello'))
    provider.write(token('x'.repeat(3_000_000)).slice(0, 2_000_000))
    await sent.until('xxxxx')
    provider.end()
    expect(errorIn(await sent.answer).code).toBe('stream_broken')
    expect(attemptsOf(stage)).toEqual(['acme provider_error 200'])
  })

  it.each<
    [what: string, path: string, model: string, pieces: readonly string[], input: number, output: number]
  >([
    [
      'a message, those of the cache too',
      '/v1/messages',
      'claude-1',
      [
        'data: {"type":"message_start","message":{"usage":{"input_tokens":7,"cache_read_input_tokens":20,"cache_creation_input_tokens":100,"output_tokens":1}}}\n\n',
        messageText('hello'),
        ...MESSAGE_END,
      ],
      127,
      3,
    ],
    [
      'a response',
      '/v1/responses',
      'gpt-4o',
      [...RESPONSE_HEAD, responseText('hello'), ...RESPONSE_END],
      7,
      3,
    ],
  ])('reads the tokens that %s took', async (_what, path, model, pieces, input, output) => {
    const kind = path === '/v1/messages' ? ('anthropic' as const) : ('openai' as const)
    const stage = await stageGateway({ provider: { kind } })
    stage.upstream().does(streamsAll(...pieces))
    await stage.send(path, { ...STREAM, model })
    expect(stage.entry('acme').models.get(model)?.tokens).toMatchObject({ outputTokens: output })
    expect(stage.entry('acme').counts.tokens()).toEqual({ inputTokens: input, outputTokens: output })
  })

  it('reads the tokens it took', async () => {
    const { stage, sent, provider } = await streaming()
    const usage = { prompt_tokens: 40, completion_tokens: 2, total_tokens: 42 }
    provider.write(`${token('hello')}${FINISH}data: ${JSON.stringify({ choices: [], usage })}\n\n${DONE}`)
    provider.end()
    await sent.answer
    expect(stage.entry('acme').models.get('gpt-4o')?.tokens).toMatchObject({ outputTokens: 2 })
  })
})

describe('a provider that limits the rate', () => {
  const inTwoMinutes = (ms: number) => new Date(ms + 120_000)
  it.each<[name: string, headers: (now: number) => Record<string, string>, waitMs: number]>([
    ['retry-after-ms', () => ({ 'retry-after-ms': '1500' }), 1_500],
    ['x-ms-retry-after-ms', () => ({ 'x-ms-retry-after-ms': '2500' }), 2_500],
    ['retry-after in seconds', () => ({ 'retry-after': '7' }), 7_000],
    ['retry-after as a date', (now) => ({ 'retry-after': inTwoMinutes(now).toUTCString() }), 120_000],
    [
      'x-ratelimit-reset-requests',
      () => ({ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s' }),
      360_000,
    ],
    ['x-ratelimit-reset-tokens', () => ({ 'x-ratelimit-reset-tokens': '12ms' }), 12],
    [
      'anthropic-ratelimit-requests-reset',
      (now) => ({
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': inTwoMinutes(now).toISOString(),
      }),
      120_000,
    ],
    ['nothing', () => ({}), 30_000],
    ['more than an hour', () => ({ 'retry-after': '7200' }), 3_600_000],
  ])('by %s cools that long, and its client is told', async (_name, headers, waitMs) => {
    const stage = await stageGateway()
    const now = stage.engine.clock.now()
    stage
      .upstream()
      .does(answers(429, { error: { message: 'slow down', code: 'rate_limit_exceeded' } }, headers(now)))
    const got = await stage.send(CHAT, ask())
    expect(got.status).toBe(429)
    expect(errorIn(got).message).toBe('slow down')
    expect(got.headers['retry-after'] ?? got.headers['retry-after-ms']).toBeDefined()
    expect(attemptsOf(stage)).toEqual(['acme rate_limited 429'])
    expect(stage.circuits()).toMatchObject({
      own: { state: 'closed' },
      model: { state: 'closed', cooling: { until: now + waitMs } },
    })
    const again = await stage.send(CHAT, ask())
    expect(again.status).toBe(503)
    expect(errorIn(again).code).toBe('no_provider')
    expect(again.headers['retry-after-ms']).toBe(String(waitMs))
    expect(again.headers['retry-after']).toBe(String(Math.max(1, Math.ceil(waitMs / 1_000))))
    expect(stage.upstream().heard).toHaveLength(1)
  })
})

describe('where every provider limits its rate', () => {
  it.each([
    [{ 'retry-after': '3600' }],
    [{ 'retry-after-ms': '3600000' }],
    [{ 'x-ms-retry-after-ms': '3600000' }],
  ])(
    'the client is told of the first that is back, not of the one that answered last: %o',
    async (headers) => {
      const stage = await stageGateway({ providers: ['acme', 'blue'] })
      const slowDown = { error: { message: 'slow down' } }
      stage.upstream('acme').does(answers(429, slowDown, { 'retry-after': '5' }))
      stage.upstream('blue').does(answers(429, slowDown, headers))
      const got = await stage.send(CHAT, ask())
      expect(got).toMatchObject({ status: 429, headers: { 'retry-after': '5', 'retry-after-ms': '5000' } })
      expect(got.headers).not.toHaveProperty('x-ms-retry-after-ms')
      expect(got.text).toBe(JSON.stringify(slowDown))
      expect(attemptsOf(stage)).toEqual(['acme rate_limited 429', 'blue rate_limited 429'])
    },
  )
})

describe('a provider’s error at the last attempt', () => {
  it.each<[status: number, outcomeClass: string]>([
    [400, 'client_error'],
    [404, 'client_error'],
    [413, 'client_error'],
    [422, 'client_error'],
    [500, 'provider_error'],
    [503, 'provider_error'],
    [529, 'provider_error'],
  ])('%i is passed on as it is, as %s', async (status, outcomeClass) => {
    const stage = await stageGateway()
    const body = '{"error": {"message":"as it is",   "type":"x", "code":"y"}}'
    stage.upstream().does(answers(status, body, { 'retry-after': '9' }))
    const got = await stage.send(CHAT, ask())
    expect(got).toMatchObject({ status, text: body, headers: { 'retry-after': '9' } })
    expect(attemptsOf(stage)).toEqual([`acme ${outcomeClass} ${status}`])
    expect(stage.circuits().model?.consecutiveFailures).toBe(outcomeClass === 'client_error' ? 0 : 1)
  })

  it('is not asked for elsewhere where the client is to blame', async () => {
    const stage = await stageGateway({ providers: ['acme', 'blue'] })
    stage.upstream('acme').does(answers(400, { error: { message: 'no such tool' } }))
    expect((await stage.send(CHAT, ask())).status).toBe(400)
    expect(stage.upstream('blue').heard).toHaveLength(0)
  })

  it('that is a page is put into the API’s shape', async () => {
    const stage = await stageGateway()
    stage.upstream().does(answers(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' }))
    const got = await stage.send(CHAT, ask())
    expect(got).toMatchObject({ status: 502, headers: { 'content-type': 'application/json' } })
    expect(errorIn(got)).toMatchObject({
      code: 'provider_failed',
      message: 'The provider failed: 502 bad gateway.',
    })
  })

  it('says nothing of our key, opens its circuit at once, and is not to be retried', async () => {
    const stage = await stageGateway({
      provider: { key: { type: 'sealed', sealed: 'sealed(test-key-1)', last4: 'ey-1' } },
    })
    stage.upstream().does(answers(401, { error: { message: 'Incorrect API key provided: test-key-1' } }))
    const got = await stage.send(CHAT, ask())
    expect(got).toMatchObject({ status: 502, headers: { 'x-should-retry': 'false' } })
    expect(errorIn(got).code).toBe('provider_credentials')
    expect(got.text + JSON.stringify(stage.decided())).not.toContain('test-key-1')
    expect(stage.circuits().own).toMatchObject({ state: 'open' })
    expect(stage.recorded()).toContain('acme closed>open credentials')
  })

  it('tells how many were tried', async () => {
    const stage = await stageGateway({ providers: ['acme', 'blue', 'cedar', 'delta'] })
    for (const id of ['acme', 'blue', 'cedar', 'delta']) stage.upstream(id).does(resets)
    const got = await stage.send(CHAT, ask())
    expect(got.headers['x-switchyard-attempts']).toBe('3')
    expect(errorIn(got).message).toContain('All 3 attempts failed.')
    expect(stage.upstream('delta').heard).toHaveLength(0)
  })
})

describe('an answer', () => {
  it('of 10 MB arrives whole, with its length', async () => {
    const stage = await stageGateway()
    const body = large(10_000_000)
    stage.upstream().does(answers(200, body, { 'content-length': String(Buffer.byteLength(body)) }))
    const got = await stage.send(CHAT, ask())
    expect(got).toMatchObject({
      status: 200,
      isWhole: true,
      headers: { 'content-length': String(body.length) },
    })
    expect(got.text === body).toBe(true)
    expect(attemptsOf(stage)).toEqual(['acme ok 200'])
    expect(stage.circuits().model).toMatchObject({ state: 'closed', consecutiveFailures: 0 })
  })

  it('of megabytes has its tokens read where they stand at its end', async () => {
    const usage = { prompt_tokens: 24, completion_tokens: 7 }
    const said = 'x"usage":{"prompt_tokens":1}'.repeat(40_000)
    const { choices } = completionOf(said)
    for (const [body, tokens] of [
      [{ choices, usage, service_tier: 'default' }, 7],
      [{ usage, choices }, undefined],
      [{ choices, nested: { usage } }, undefined],
    ] as const) {
      const stage = await stageGateway()
      stage.upstream().does(answers(200, JSON.stringify(body)))
      expect(await stage.send(CHAT, ask())).toMatchObject({ status: 200, isWhole: true })
      expect(stage.entry('acme').models.get('gpt-4o')?.tokens?.outputTokens).toBe(tokens)
    }
  })

  it('of 10 MB that breaks off is broken for the client too', async () => {
    const stage = await stageGateway()
    const reset = Promise.withResolvers<() => void>()
    stage.upstream().does((response) => {
      response.writeHead(200, { ...JSON_HEAD, 'content-length': '10000000' })
      response.write(`{"choices":[${'0,'.repeat(500_000)}`)
      reset.resolve(() => response.socket?.resetAndDestroy())
    })
    const sent = stage.begin(CHAT, ask())
    await sent.until('0,0,0,')
    const breakOff = await reset.promise
    breakOff()
    expect(await sent.answer).toMatchObject({ status: 200, isWhole: false })
    expect(attemptsOf(stage)).toEqual(['acme provider_error 200'])
    expect(stage.circuits().model?.consecutiveFailures).toBe(1)
  })

  it('whose JSON is cut short, too large to be held back, is broken for the client too', async () => {
    const stage = await stageGateway()
    stage.upstream().does(answers(200, large(1_000_000).slice(0, -30)))
    expect(await stage.send(CHAT, ask())).toMatchObject({ status: 200, isWhole: false })
    expect(attemptsOf(stage)).toEqual(['acme provider_error 200'])
  })

  it('in single bytes arrives whole', async () => {
    const stage = await stageGateway()
    const body = large(200)
    stage.upstream().does((response) => {
      response.writeHead(200, JSON_HEAD)
      const next = (at: number) => {
        if (at === body.length) return void response.end()
        response.write(body[at], () => setImmediate(next, at + 1))
      }
      next(0)
    })
    expect((await stage.send(CHAT, ask())).text).toBe(body)
    expect(attemptsOf(stage)).toEqual(['acme ok 200'])
    expect(stage.circuits().model).toMatchObject({ state: 'closed', consecutiveFailures: 0 })
  })

  it('that is packed unasked is unpacked, whole or as a stream', async () => {
    const stage = await stageGateway()
    const packed = { ...JSON_HEAD, 'content-encoding': 'gzip' }
    stage.upstream().does(
      (response) => void response.writeHead(200, packed).end(gzipSync(large(10))),
      (response) =>
        void response
          .writeHead(200, { ...SSE_HEAD, 'content-encoding': 'gzip' })
          .end(gzipSync(`${token('hello')}${FINISH}${DONE}`)),
    )
    const whole = await stage.send(CHAT, ask())
    expect(whole).toMatchObject({ status: 200, text: large(10) })
    expect(whole.headers).not.toHaveProperty('content-encoding')
    expect((await stage.send(CHAT, STREAM)).text).toContain('hello')
    expect(attemptsOf(stage)).toEqual(['acme ok 200'])
  })

  it('to a tool’s call counts as a token', async () => {
    const stage = await stageGateway()
    const call = { tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '' } }] }
    stage.upstream().does(streamsAll(ROLE, chunkOf(call), chunkOf({}, 'tool_calls'), DONE))
    expect((await stage.send(CHAT, STREAM)).text).toContain('tool_calls')
    await arrive()
    expect(stage.decided()?.decision.attempts[0]?.firstTokenMs).toBe(0)
  })
})

import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { demoLoadSchema } from '#lib/contract/demo-load.ts'
import { askGateway } from './ask-gateway.ts'
import { seededRandom } from './chance.ts'
import { openLoadControl } from './load-control.ts'
import { type Load, type LoadOptions, startLoad } from './load.ts'
import { nextQuestion, type Question } from './questions.ts'

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 })

/** A gateway that answers as the test says. */
let gateway: Server
let gatewayUrl = ''
let answer: (response: ServerResponse, request: IncomingMessage) => void
let asked: string[] = []

const good = (response: ServerResponse) => void response.end('{}')

beforeEach(async () => {
  asked = []
  answer = good
  gateway = createServer((request, response) => {
    asked.push(request.url ?? '')
    request.resume().once('end', () => answer(response, request))
  })
  gateway.listen(0, '127.0.0.1')
  await once(gateway, 'listening')
  gatewayUrl = `http://127.0.0.1:${(gateway.address() as { port: number }).port}`
})
afterEach(() => {
  gateway.closeAllConnections()
  gateway.close()
})

describe('nextQuestion', () => {
  const many = (seed: number) => {
    const random = seededRandom(seed)
    return Array.from({ length: 2_000 }, () => nextQuestion(random))
  }
  const share = (questions: readonly Question[], of: (question: Question) => boolean) =>
    questions.filter(of).length / questions.length

  it('asks the same for the same seed', () => {
    expect(many(3)).toEqual(many(3))
    expect(many(3)).not.toEqual(many(4))
  })

  it('asks for streams and whole answers, of many users, some of whom do not wait', () => {
    const questions = many(1)
    const chats = questions.filter(({ path }) => path === '/v1/chat/completions')
    expect(share(questions, ({ path }) => path === '/v1/messages')).toBeCloseTo(0.12, 1)
    expect(share(chats, ({ body }) => 'stream' in body)).toBeCloseTo(0.5, 1)
    expect(share(questions, ({ patienceMs }) => patienceMs !== null)).toBeCloseTo(0.02, 1)
    expect(new Set(chats.map(({ body }) => (body as { user: string }).user)).size).toBeGreaterThan(500)
  })
})

describe('askGateway', () => {
  const question: Question = { path: '/v1/chat/completions', headers: {}, body: {}, patienceMs: null }
  const never = new AbortController().signal
  const options = { timeoutMs: 5_000, signal: never }

  it.each<[what: string, answer: (response: ServerResponse) => void, ending: string]>([
    ['a good answer', good, 'ok'],
    ['a refusal', (response) => response.writeHead(503).end('{}'), 'failed'],
    ['a connection that breaks', (response) => response.socket?.resetAndDestroy(), 'failed'],
    [
      'an OpenAI stream that broke',
      (response) => response.end('data: {"choices":[]}\n\ndata: {"error":{}}\n\n'),
      'failed',
    ],
    ['an Anthropic stream that broke', (response) => response.end('event: error\ndata: {}\n\n'), 'failed'],
    ['a stream that speaks of errors', (response) => response.end('data: {"text":"error"}\n\n'), 'ok'],
  ])('tells what came of %s', async (_what, then, ending) => {
    answer = then
    expect(await askGateway(gatewayUrl, question, options)).toBe(ending)
  })

  it('fails when nothing comes in time', async () => {
    answer = () => undefined
    expect(await askGateway(gatewayUrl, question, { ...options, timeoutMs: 20 })).toBe('failed')
  })

  it('gives up where the application would not wait, and when it is told to', async () => {
    answer = () => undefined
    expect(await askGateway(gatewayUrl, { ...question, patienceMs: 20 }, options)).toBe('gave_up')
    const giveUp = new AbortController()
    const pending = askGateway(gatewayUrl, question, { ...options, signal: giveUp.signal })
    giveUp.abort()
    expect(await pending).toBe('gave_up')
  })
})

describe('startLoad', () => {
  let load: Load
  const start = (options: Partial<LoadOptions> = {}) => {
    load = startLoad({
      gatewayUrl,
      requestsPerSecond: 200,
      maxInFlight: 100,
      random: seededRandom(1),
      ...options,
    })
    return load
  }
  afterEach(() => load.stop())

  it('asks for all there is', async () => {
    start()
    const paths = ['/v1/chat/completions', '/v1/embeddings', '/v1/messages']
    await eventually(() => expect([...new Set(asked)].toSorted()).toEqual(paths))
  })

  it('sends as many as its pace says, by the clock it is given', async () => {
    let at = 0
    start({ requestsPerSecond: 100, now: () => at })
    for (let step = 0; step < 20; step += 1) {
      at += 55
      const { sent } = load.counts()
      await eventually(() => expect(load.counts().sent).toBeGreaterThan(sent))
    }
    expect(load.counts().sent).toBe(110)
  })

  it('does not make up for a pause of the whole process', async () => {
    let at = 0
    start({ requestsPerSecond: 100, now: () => at })
    at = 60_000
    await eventually(() => expect(load.counts().sent).toBeGreaterThan(0))
    expect(load.counts().sent).toBe(20)
  })

  it('is turned up and down while it runs', async () => {
    start({ requestsPerSecond: 0 })
    expect(load.pace()).toBe(0)
    load.setPace(150)
    await eventually(() => expect(asked.length).toBeGreaterThan(5))
    load.setPace(0)
    await eventually(() => expect(load.counts().inFlight).toBe(0))
    const { sent } = load.counts()
    load.setPace(150)
    await eventually(() => expect(load.counts().sent).toBeGreaterThan(sent))
  })

  it('goes on while the gateway fails, and counts what failed', async () => {
    answer = (response) => response.writeHead(503).end('{}')
    start()
    await eventually(() => expect(load.counts().failed).toBeGreaterThan(10))
    answer = good
    const { failed, sent } = load.counts()
    await eventually(() => expect(load.counts().sent).toBeGreaterThan(sent + failed + 10))
  })

  it('never has more in flight than allowed', async () => {
    answer = () => undefined
    start({ maxInFlight: 3 })
    await eventually(() => expect(load.counts().skipped).toBeGreaterThan(10))
    expect(load.counts().inFlight).toBe(3)
    expect(load.counts().sent).toBeLessThan(3 + load.counts().gaveUp + 1)
  })

  describe('with its control', () => {
    const put = (url: string, body: unknown) => fetch(url, { method: 'PUT', body: JSON.stringify(body) })

    it('tells and takes the pace', async () => {
      start({ requestsPerSecond: 0 })
      const control = await openLoadControl(() => load)
      const told = demoLoadSchema.parse(await (await put(control.url, { requestsPerSecond: 50 })).json())
      expect(told.requestsPerSecond).toBe(50)
      expect(load.pace()).toBe(50)
      await eventually(() => expect(load.counts().sent).toBeGreaterThan(0))
      const read = demoLoadSchema.parse(await (await fetch(control.url)).json())
      expect(read).toMatchObject({ requestsPerSecond: 50, failed: 0 })
      await control.stop()
    })

    it.each([[{ requestsPerSecond: -1 }], [{ requestsPerSecond: 1e9 }], [{}], [null]])(
      'refuses %j, and changes nothing',
      async (body) => {
        start({ requestsPerSecond: 0 })
        const control = await openLoadControl(() => load)
        expect((await put(control.url, body)).status).toBe(422)
        expect(load.pace()).toBe(0)
        await control.stop()
      },
    )

    it('says that there is no traffic yet', async () => {
      start({ requestsPerSecond: 0 })
      const control = await openLoadControl(() => null)
      expect((await fetch(control.url)).status).toBe(503)
      expect(await (await put(control.url, { requestsPerSecond: 1 })).json()).toHaveProperty('error')
      await control.stop()
    })
  })
})

describe('a question on the wire', () => {
  it('is JSON with what the application says of itself in headers', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>()
    gateway.removeAllListeners('request')
    gateway.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void json(request).then((body) => {
        resolve({
          body,
          region: request.headers['x-switchyard-region'],
          type: request.headers['content-type'],
        })
        response.end('{}')
      })
    })
    const question: Question = {
      path: '/v1/chat/completions',
      headers: { 'x-switchyard-region': 'eu-west' },
      body: { model: 'nearest' },
      patienceMs: null,
    }
    await askGateway(gatewayUrl, question, { timeoutMs: 5_000, signal: new AbortController().signal })
    expect(await promise).toEqual({ body: { model: 'nearest' }, region: 'eu-west', type: 'application/json' })
  })
})

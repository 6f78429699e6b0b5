import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { json } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ReportedOutcome, reportOutcomesSchema } from '#lib/contract/check.ts'
import { callProvider, type Target } from './call-provider.ts'
import { type Fleet, startFleet } from './fleet.ts'
import { type Load, type LoadOptions, startLoad } from './load.ts'
import { SIMULATED_PROVIDERS } from './providers.ts'
import { seededRandom } from './chance.ts'

const swift = SIMULATED_PROVIDERS.map((one) => ({
  ...one,
  climate: { ...one.climate, medianMs: 1, sigma: 0 },
}))
let fleet: Fleet
let targets: Target[]

beforeEach(async () => {
  fleet = await startFleet({ seed: 1, providers: swift })
  targets = fleet.providers.map(({ id, baseUrl, provider: { api, apiKey, registration } }) => ({
    id,
    api,
    apiKey,
    baseUrl,
    models: registration.models.map(({ name }) => name),
  }))
})
afterEach(() => fleet.stop())

const target = (id: string) => targets.find((one) => one.id === id)!
const callOnce = (id: string, model = target(id).models[0]!, signal = new AbortController().signal) =>
  callProvider(target(id), { model, timeoutMs: 300, signal, now: Date.now })

describe('callProvider', () => {
  it.each(
    SIMULATED_PROVIDERS.flatMap(({ id, registration }) =>
      registration.models.map(({ name }) => [id, name] as const),
    ),
  )('speaks the language of %s for %s', async (id, model) => {
    const outcome = await callOnce(id, model)
    expect(outcome).toMatchObject({ providerId: id, model, httpStatus: 200 })
    expect(outcome).not.toHaveProperty('error')
    expect(reportOutcomesSchema.safeParse([outcome]).error).toBeUndefined()
  })

  it.each([
    ['a refused connection', { condition: 'down' }, { error: 'refused' }],
    ['a reset', { condition: 'reset' }, { error: 'reset' }],
    ['a hang', { condition: 'hang' }, { error: 'response_timeout' }],
    ['an overload', { condition: 'status', status: 529 }, { httpStatus: 529 }],
    [
      'a rate limit in seconds',
      { condition: 'rate-limit', seconds: 3 },
      { httpStatus: 429, retryAfterMs: 3_000 },
    ],
    [
      'a rate limit in ms',
      { condition: 'rate-limit', seconds: 3, format: 'milliseconds' },
      { retryAfterMs: 3_000 },
    ],
  ] as const)('reports %s', async (_what, order, expected) => {
    await fleet.order('groq', order)
    const outcome = await callOnce('groq')
    expect(outcome).toMatchObject(expected)
    expect(reportOutcomesSchema.safeParse([outcome]).error).toBeUndefined()
  })

  it('reports bodies that are not what was promised', async () => {
    await fleet.order('groq', { condition: 'bad-body' })
    const kinds = new Set<unknown>()
    for (let attempt = 0; attempt < 20; attempt += 1) kinds.add((await callOnce('groq')).error)
    expect(kinds).toEqual(new Set(['bad_body', 'error_body']))
  })

  it('blames nobody for a call that was given up', async () => {
    await fleet.order('groq', { condition: 'hang' })
    const giveUp = new AbortController()
    const pending = callOnce('groq', 'llama-3.1-8b-instant', giveUp.signal)
    giveUp.abort()
    expect(await pending).toMatchObject({ class: 'cancelled' })
  })
})

describe('startLoad', () => {
  let console: Server
  let load: Load
  let status = 200
  let reported: ReportedOutcome[] = []

  const start = (options: Partial<LoadOptions> = {}) => {
    const [first, ...rest] = targets
    const { port } = console.address() as { port: number }
    load = startLoad({
      targets: [first!, ...rest],
      reportUrl: `http://127.0.0.1:${port}/api/outcomes`,
      requestsPerSecond: 200,
      maxInFlight: 8,
      random: seededRandom(1),
      ...options,
    })
    return load
  }
  const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 20 })

  beforeEach(async () => {
    status = 200
    reported = []
    console = createServer((request, response) => {
      void json(request).then((body) => {
        if (status === 200) reported.push(...reportOutcomesSchema.parse(body))
        response.writeHead(status).end('{}')
      })
    })
    console.listen(0, '127.0.0.1')
    await once(console, 'listening')
  })
  afterEach(async () => {
    await load.stop()
    console.closeAllConnections()
    console.close()
  })

  it('calls every provider and reports each call once', async () => {
    start()
    await eventually(() => expect(new Set(reported.map((one) => one.providerId)).size).toBe(targets.length))
    await load.stop()
    const { called, reported: told, waiting, dropped } = load.counts()
    expect(reported).toHaveLength(called)
    expect({ told, waiting, dropped }).toEqual({ told: called, waiting: 0, dropped: 0 })
  })

  it('keeps what it learned while the console is away, and reports it afterwards', async () => {
    status = 503
    start()
    await eventually(() => expect(load.counts().waiting).toBeGreaterThan(100))
    expect(reported).toEqual([])
    status = 200
    await eventually(() => expect(reported.length).toBeGreaterThan(100))
    expect(load.counts().dropped).toBe(0)
  })

  it('drops a batch that the console refuses, and goes on', async () => {
    status = 422
    start()
    await eventually(() => expect(load.counts().dropped).toBeGreaterThan(0))
    status = 200
    await eventually(() => expect(reported.length).toBeGreaterThan(0))
  })

  it('never has more calls in flight than allowed', async () => {
    for (const { id } of targets) await fleet.order(id, { condition: 'hang' })
    start({ maxInFlight: 3 })
    await eventually(() => expect(load.counts().skipped).toBeGreaterThan(10))
    expect(load.counts().called).toBe(3)
  })
})

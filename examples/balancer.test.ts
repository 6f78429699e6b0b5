import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call } from '#app/api/call.fixture.ts'
import { serveApi } from '#app/api/serve-api.fixture.ts'
import { type Fleet, startFleet } from '#demo/fleet.ts'
import { SIMULATED_PROVIDERS } from '#demo/providers.ts'
import { registration } from '#demo/register.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { Balancer, type BalancerOptions, type Endpoint, NobodyEligible } from './balancer.ts'

const MEMBERS = ['openai-prod', 'mistral', 'azure-eu']
const swift = SIMULATED_PROVIDERS.filter(({ id }) => MEMBERS.includes(id)).map((one) => ({
  ...one,
  climate: { ...one.climate, medianMs: 1, sigma: 0 },
}))

let stage: Stage
let api: Awaited<ReturnType<typeof serveApi>>
let fleet: Fleet
let endpoints: Record<string, Endpoint>
let folder: string
/** What the console was shown by those who asked it, call by call. */
let shown: (string | null)[]

// The console's own runtime and API behind a socket, and simulated providers: the example meets nothing made for it.
beforeEach(async () => {
  shown = []
  const identify = (headers: Headers) => {
    shown.push(headers.get('authorization'))
    return Promise.resolve({ kind: 'anyone' } as const)
  }
  stage = await stageRuntime(undefined, undefined, () => ({ identify, desk: null, identity: null }))
  api = await serveApi()
  fleet = await startFleet({ seed: 1, providers: swift })
  endpoints = {}
  const known = JSON.parse(
    await readFile(new URL('demo-endpoints.json', import.meta.url), 'utf8'),
  ) as typeof endpoints
  for (const id of MEMBERS) {
    const { provider, baseUrl } = fleet.providers.find((one) => one.id === id)!
    const thresholds = { breaker: { failureThreshold: 2, halfOpenMaxCalls: 1, trialTimeout: '20s' } }
    await call('createProvider', { body: { ...registration({ provider, baseUrl }), thresholds } })
    const { headers, url } = known[id]!
    endpoints[id] = { headers, url: new URL(new URL(url).pathname, baseUrl).href }
  }
  const route = {
    name: 'chat',
    models: ['gpt-4o'],
    members: [
      { providerId: 'openai-prod' },
      { providerId: 'mistral', model: 'mistral-large-latest', priority: 1 },
    ],
    strategy: { type: 'failover', policy: { type: 'threshold', failures: 50 } },
  }
  expect(await call('createRoute', { body: route })).toMatchObject({ status: 201 })
  folder = await mkdtemp(join(tmpdir(), 'balancer-'))
})
afterEach(async () => {
  await fleet.stop()
  api.stop()
  await stage.close()
  await rm(folder, { recursive: true })
})

const balancer = (over: Partial<BalancerOptions> = {}) =>
  new Balancer({ consoleUrl: api.url, route: 'chat', endpoints, ...over })
const question = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Which platform?' }] }
/** Asks, and waits until Switchyard knows what came of it. */
async function ask(asked = balancer(), signal?: AbortSignal) {
  try {
    return await asked.chat(question, signal)
  } finally {
    await asked.idle()
  }
}
const decisions = async () => (await call('readDecisions')).body.items
const circuit = async (model?: string) =>
  (await call('readCircuit', { params: { providerId: 'openai-prod' }, query: model ? { model } : {} })).body
const inFlight = (id: string) => stage.runtime.engine.fleet.entries.get(id)?.calls
/** Both circuits of the failing provider to half-open, where one trial at a time is let in. */
async function halfOpen() {
  for (const query of [{}, { model: 'gpt-4o' }]) {
    const body = { to: 'half_open', reason: 'the provider says that it is mended' }
    const answer = await call('resetCircuit', { params: { providerId: 'openai-prod' }, query, body })
    expect(answer.status).toBe(200)
  }
}

describe('the balancer', () => {
  it('calls whom Switchyard chose, by the model’s name there, and reports how it went', async () => {
    expect(await ask()).toMatchObject({
      providerId: 'openai-prod',
      status: 200,
      attempts: 1,
      body: { object: 'chat.completion', model: 'gpt-4o' },
    })
    expect(await decisions()).toMatchObject([
      { chosen: 'openai-prod', attempts: [{ class: 'ok', httpStatus: 200 }] },
    ])
    expect(inFlight('openai-prod')).toBe(0)
  })

  it('shows its API key with all that it asks and reports', async () => {
    shown = []
    await ask(balancer({ consoleKey: 'key-of-this-test' }))
    expect(shown).toEqual(['Bearer key-of-this-test', 'Bearer key-of-this-test'])
    shown = []
    await ask()
    expect(shown).toEqual([null, null])
  })

  it('excludes who failed from the next attempt, and its reports open the circuit', async () => {
    await fleet.order('openai-prod', { condition: 'status', status: 503 })
    for (let time = 0; time < 2; time += 1)
      expect(await ask()).toMatchObject({
        providerId: 'mistral',
        attempts: 2,
        body: { model: 'mistral-large-latest' },
      })
    expect((await decisions()).slice(0, 2)).toMatchObject([
      {
        chosen: 'mistral',
        attempts: [{ class: 'ok' }],
        candidates: [{ providerId: 'openai-prod', drop: 'excluded' }, { eligible: true }],
      },
      { chosen: 'openai-prod', attempts: [{ class: 'provider_error', httpStatus: 503 }] },
    ])
    expect(await circuit('gpt-4o')).toMatchObject({ state: 'open' })
    expect(await ask()).toMatchObject({ providerId: 'mistral', attempts: 1 })
    expect(inFlight('openai-prod')).toBe(0)
  })

  it('gives the permits of trials back: one after another is let in, until the circuit closes', async () => {
    await ask()
    await halfOpen()
    for (let trial = 0; trial < 2; trial += 1)
      expect(await ask()).toMatchObject({ providerId: 'openai-prod', attempts: 1 })
    for (const model of [undefined, 'gpt-4o'])
      expect(await circuit(model)).toMatchObject({ state: 'closed', trials: { inFlight: 0 } })
  })

  it('gives a trial back without a verdict when its own caller gives up', async () => {
    await ask()
    await halfOpen()
    await fleet.order('openai-prod', { condition: 'hang' })
    const giveUp = new AbortController()
    const asked = balancer()
    const answer = asked.chat(question, giveUp.signal)
    const rejected = expect(answer).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(async () => (await circuit('gpt-4o')).trials.inFlight).toBe(1)
    giveUp.abort()
    await rejected
    await asked.idle()
    expect(await circuit('gpt-4o')).toMatchObject({
      state: 'half_open',
      trials: { inFlight: 0, succeeded: 0 },
    })
    expect((await decisions())[0]).toMatchObject({ attempts: [{ class: 'cancelled' }] })
  })

  it.each<[what: string, order: Parameters<Fleet['order']>[1], attempt: object]>([
    ['nobody listens', { condition: 'down' }, { class: 'provider_error', error: 'connect refused' }],
    ['nothing comes', { condition: 'hang' }, { class: 'provider_error', error: 'no answer in time' }],
    ['its key is refused', { condition: 'status', status: 401 }, { class: 'credentials', httpStatus: 401 }],
    ['the body is not what it must be', { condition: 'bad-body' }, { class: 'provider_error' }],
    ['it limits its rate', { condition: 'rate-limit' }, { class: 'rate_limited', httpStatus: 429 }],
  ])('goes on to another provider when %s, and says so', async (_what, order, attempt) => {
    await fleet.order('openai-prod', order)
    await fleet.providers.find(({ id }) => id === 'openai-prod')!.follow()
    expect(await ask(balancer({ timeoutMs: 1_000 }))).toMatchObject({ providerId: 'mistral', attempts: 2 })
    expect(await decisions()).toMatchObject([{ chosen: 'mistral' }, { attempts: [attempt] }])
    expect(inFlight('openai-prod')).toBe(0)
  })

  it('passes on how long a provider wants to be left alone', async () => {
    await fleet.order('openai-prod', { condition: 'rate-limit', seconds: 200, format: 'seconds' })
    const before = Date.now()
    await ask()
    const { cooling } = await circuit('gpt-4o')
    expect(Date.parse(cooling!.until) - before).toBeGreaterThan(199_000)
    expect(Date.parse(cooling!.until) - Date.now()).toBeLessThanOrEqual(200_000)
  })

  it('hands a mistake of the request’s own back, and nobody else is asked', async () => {
    const asked = balancer()
    expect(await asked.chat({ model: 'gpt-4o' })).toMatchObject({ status: 400, attempts: 1 })
    await asked.idle()
    expect(await decisions()).toMatchObject([{ attempts: [{ class: 'client_error' }] }])
  })

  it('says what the last attempt met when all have failed, and when somebody is back when nobody may be asked', async () => {
    for (const id of ['openai-prod', 'mistral'])
      await fleet.order(id, { condition: 'rate-limit', seconds: 60, format: 'seconds' })
    await expect(ask()).rejects.toThrow('mistral: answered 429')
    const nobody = await ask().catch((error: unknown) => error as NobodyEligible)
    expect(nobody).toBeInstanceOf(NobodyEligible)
    expect((nobody as NobodyEligible).returnsAt?.getTime()).toBeGreaterThan(Date.now())
  })

  it('goes on without Switchyard: by its own list, then by what it was told', async () => {
    const alone = balancer({ consoleUrl: 'http://127.0.0.1:1' })
    expect(await ask(alone)).toMatchObject({ providerId: 'openai-prod', attempts: 1 })
    const left = balancer()
    await ask(left)
    api.stop()
    await fleet.order('openai-prod', { condition: 'status', status: 500 })
    expect(await ask(left)).toMatchObject({
      providerId: 'mistral',
      attempts: 2,
      body: { model: 'mistral-large-latest' },
    })
  })

  it('gives back the permit of a provider that it has no endpoint for', async () => {
    const { mistral } = endpoints
    expect(await ask(balancer({ endpoints: { mistral: mistral! } }))).toMatchObject({ providerId: 'mistral' })
    expect(await decisions()).toMatchObject([{ chosen: 'mistral' }, { attempts: [{ class: 'cancelled' }] }])
    expect(inFlight('openai-prod')).toBe(0)
  })
})

describe('ask.ts', () => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join(import.meta.dirname, 'ask.ts'), ...args], {
      env: {
        ...process.env,
        CONSOLE_URL: api.url,
        CONSOLE_KEY: 'key-of-this-test',
        ENDPOINTS: join(folder, 'endpoints.json'),
      },
    })

  it('is a program by itself: it asks, prints the answer, and its outcome is known when it has ended', async () => {
    await writeFile(join(folder, 'endpoints.json'), JSON.stringify(endpoints))
    const { stdout } = await run('chat', 'gpt-4o', 'Which platform?')
    expect(JSON.parse(stdout)).toMatchObject({ providerId: 'openai-prod', status: 200 })
    expect(shown).toContain('Bearer key-of-this-test')
    expect(await decisions()).toMatchObject([{ attempts: [{ class: 'ok' }] }])
    await expect(run('nowhere')).rejects.toMatchObject({ code: 1 })
  })

  it('knows the demo’s providers where they usually listen', async () => {
    const text = await readFile(new URL('demo-endpoints.json', import.meta.url), 'utf8')
    for (const [id, { url, headers }] of Object.entries(JSON.parse(text) as typeof endpoints)) {
      const place = SIMULATED_PROVIDERS.findIndex((one) => one.id === id)
      const provider = SIMULATED_PROVIDERS[place]!
      expect(url).toContain(`http://127.0.0.1:${4_701 + place}${provider.basePath}`)
      expect(Object.values(headers).join(' ')).toContain(provider.apiKey)
    }
  })
})

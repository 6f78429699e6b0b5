import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serveApi } from '#app/api/serve-api.fixture.ts'
import { memoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { matchRoute } from '#lib/domain/routing/match-route.ts'
import { INSIDE_TOO } from '#lib/domain/target-policy.ts'
import { createLog } from '#lib/server/log.ts'
import { openGateway, type OpenGateway } from '#lib/server/open-gateway.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { askGateway } from './ask-gateway.ts'
import { seededRandom } from './chance.ts'
import { type Fleet, startFleet } from './fleet.ts'
import { SIMULATED_PROVIDERS } from './providers.ts'
import { nextQuestion, type Question } from './questions.ts'
import { readGatewayUrl, registerFleet, registerRoutes } from './register.ts'
import { DEMO_ROUTES } from './routes.ts'

const swift = SIMULATED_PROVIDERS.map((one) => ({
  ...one,
  climate: { ...one.climate, medianMs: 1, sigma: 0 },
}))

let fleet: Fleet
let stage: Stage
let api: Awaited<ReturnType<typeof serveApi>>
let gateway: OpenGateway
let gatewayUrl = ''

// The whole demo but Next and the browser: simulated providers, the real runtime, its API and its gateway.
beforeEach(async () => {
  const plain = { seal: (text: string) => text, open: (text: string) => text }
  stage = await stageRuntime(memoryStorage(), plain)
  const log = createLog('silent')
  const env = { gatewayPort: 0, gatewayHost: '127.0.0.1', drainMs: 0, providerTargets: INSIDE_TOO }
  gateway = (await openGateway(env, log))!
  gateway.adopt()
  api = await serveApi()
  fleet = await startFleet({ seed: 1, providers: swift })
  const registrants = fleet.providers.map(({ provider, baseUrl }) => ({ provider, baseUrl }))
  await registerFleet(api.url, registrants)
  await registerRoutes(api.url)
  gatewayUrl = (await readGatewayUrl(api.url))!
})
afterEach(async () => {
  await fleet.stop()
  api.stop()
  await gateway.close()
  await stage.close()
})

const patient = (question: Question): Question => ({ ...question, patienceMs: null })
const ask = (question: Question) =>
  askGateway(gatewayUrl, question, { timeoutMs: 10_000, signal: new AbortController().signal })
/** Whom a route's requests were sent to so far. */
const chosen = (route: string) =>
  new Set(
    stage.runtime.engine.routing.log
      .held()
      .filter(({ decision }) => decision.route === route)
      .flatMap(({ decision }) => decision.attempts.map(({ providerId }) => providerId)),
  )

describe('the demo', () => {
  it('has a route for everything the load asks for, and asks every route', () => {
    const routes = [...stage.runtime.engine.routing.routes.values()]
    const random = seededRandom(1)
    const asked = Array.from({ length: 500 }, () => {
      const { model } = nextQuestion(random).body as { model: string }
      return matchRoute(routes, model)?.name
    })
    expect(new Set(asked)).toEqual(new Set(DEMO_ROUTES.map(({ name }) => name)))
  })

  it('answers everything the load asks for, whole and streamed, and every provider has its part', async () => {
    const random = seededRandom(2)
    const endings = new Set<string>()
    for (let round = 0; round < 10; round += 1) {
      const questions = Array.from({ length: 30 }, () => patient(nextQuestion(random)))
      for (const ending of await Promise.all(questions.map(ask))) endings.add(ending)
    }
    expect(endings).toEqual(new Set(['ok']))
    const members = new Set(DEMO_ROUTES.flatMap((route) => [...chosen(route.name)]))
    expect(members).toEqual(new Set(SIMULATED_PROVIDERS.map(({ id }) => id)))
  })

  it('takes Claude’s questions elsewhere when Anthropic is down', async () => {
    const question: Question = {
      path: '/v1/messages',
      headers: { 'anthropic-version': '2023-06-01' },
      body: { model: 'claude-sonnet-4-5', max_tokens: 8, messages: [{ role: 'user', content: 'hi' }] },
      patienceMs: null,
    }
    expect(await ask(question)).toBe('ok')
    expect(chosen('claude')).toEqual(new Set(['anthropic']))
    await fleet.order('anthropic', { condition: 'down' })
    expect(await ask(question)).toBe('ok')
    expect(chosen('claude')).toContain('openrouter')
    await fleet.order('openrouter', { condition: 'status', status: 529 })
    expect(await ask(question)).toBe('ok')
    expect(chosen('claude')).toContain('local-ollama')
  })
})

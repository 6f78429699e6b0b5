import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { json } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProviderSchema, patchProviderSchema } from '#lib/contract/provider.ts'
import { providerConfig } from '#lib/contract/provider-config.fixture.ts'
import { DEFAULT_SETTINGS, saveSettingsSchema } from '#lib/contract/settings.ts'
import { createRouteSchema, inputOfRoute, routeOfInput } from '#lib/contract/route.ts'
import { SIMULATED_PROVIDERS } from './providers.ts'
import { DEMO_ROUTES } from './routes.ts'
import { registerFleet, registerRoutes } from './register.ts'

/** A console that knows `known` and records what it is told; every body must pass the contract's schema. */
let consoleServer: Server
let consoleUrl = ''
let known: unknown[] = []
let knownRoutes: unknown[] = []
let told: { call: string; body: unknown }[] = []
let refusal: number | null = null

const SCHEMAS = { POST: createProviderSchema, PATCH: patchProviderSchema, PUT: saveSettingsSchema }

beforeEach(async () => {
  known = []
  knownRoutes = []
  told = []
  refusal = null
  consoleServer = createServer((request, response) => {
    const answer = (body: unknown) => response.end(JSON.stringify(body))
    const call = `${request.method ?? ''} ${request.url ?? ''}`
    if (call === 'GET /api/providers') return answer({ items: known, nextCursor: null })
    if (call === 'GET /api/routes') return answer({ items: knownRoutes, nextCursor: null })
    if (call === 'GET /api/settings') {
      return answer({
        version: 7,
        at: new Date(0).toISOString(),
        actor: 'system',
        reason: null,
        settings: DEFAULT_SETTINGS,
        persisted: true,
      })
    }
    void json(request).then((body) => {
      const schema =
        call === 'POST /api/routes' ? createRouteSchema : SCHEMAS[request.method as keyof typeof SCHEMAS]
      told.push({ call, body: schema.parse(body) })
      response.statusCode = refusal ?? 200
      answer({ detail: 'no room' })
    })
  })
  consoleServer.listen(0, '127.0.0.1')
  await once(consoleServer, 'listening')
  consoleUrl = `http://127.0.0.1:${(consoleServer.address() as { port: number }).port}`
})
afterEach(() => {
  consoleServer.closeAllConnections()
  consoleServer.close()
})

const fleet = SIMULATED_PROVIDERS.map((provider, index) => ({
  provider,
  baseUrl: `http://127.0.0.1:${4_800 + index}`,
}))
const asKnown = (index: number, baseUrl: string) =>
  providerConfig(fleet[index]!.provider.id, { baseUrl, version: 3 })

const asKnownRoute = () =>
  inputOfRoute(routeOfInput(DEMO_ROUTES[0]!, { name: 'mine', version: 1, createdAt: 0, updatedAt: 0 }))

describe('registerFleet', () => {
  it('sets thresholds and creates every provider in an empty console', async () => {
    await registerFleet(consoleUrl, fleet)
    expect(told[0]).toMatchObject({
      call: 'PUT /api/settings',
      body: {
        expectedVersion: 7,
        settings: { monitor: { interval: '2s' }, breaker: { recoveryTimeout: '10s' } },
      },
    })
    const created = (what: string) =>
      told
        .filter(({ call }) => call === `POST /api/${what}`)
        .map(({ body }) => body as Record<string, string>)
    expect(created('providers').map(({ id }) => id)).toEqual(SIMULATED_PROVIDERS.map(({ id }) => id))
    expect(created('routes')).toEqual([])
  })

  it('leaves thresholds and known providers as they are', async () => {
    known = fleet.map(({ baseUrl }, index) => asKnown(index, baseUrl))
    await registerFleet(consoleUrl, fleet)
    expect(told).toEqual([])
  })

  it('moves a provider that listens elsewhere now', async () => {
    known = fleet.map(({ baseUrl }, index) => asKnown(index, index === 3 ? 'http://127.0.0.1:9' : baseUrl))
    await registerFleet(consoleUrl, fleet)
    expect(told).toEqual([
      { call: 'PATCH /api/providers/groq', body: { expectedVersion: 3, baseUrl: fleet[3]!.baseUrl } },
    ])
  })

  it('rejects with the console’s words', async () => {
    refusal = 503
    await expect(registerFleet(consoleUrl, fleet)).rejects.toThrow(
      /PUT \/api\/settings answered 503.*no room/,
    )
  })
})

describe('registerRoutes', () => {
  it('makes every route where there is none', async () => {
    await registerRoutes(consoleUrl)
    expect(told.map(({ call, body }) => [call, (body as { name: string }).name])).toEqual(
      DEMO_ROUTES.map(({ name }) => ['POST /api/routes', name]),
    )
  })

  it('leaves routes alone where there is one', async () => {
    knownRoutes = [asKnownRoute()]
    await registerRoutes(consoleUrl)
    expect(told).toEqual([])
  })
})

import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { json } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProviderSchema, patchProviderSchema } from '#lib/contract/provider.ts'
import { DEFAULT_SETTINGS, saveSettingsSchema } from '#lib/contract/settings.ts'
import { SIMULATED_PROVIDERS } from './providers.ts'
import { registerFleet, registration } from './register.ts'

/** A console that knows `known` and records what it is told; every body must pass the contract's schema. */
let consoleServer: Server
let consoleUrl = ''
let known: unknown[] = []
let told: { call: string; body: unknown }[] = []
let refusal: number | null = null

const SCHEMAS = { POST: createProviderSchema, PATCH: patchProviderSchema, PUT: saveSettingsSchema }

beforeEach(async () => {
  known = []
  told = []
  refusal = null
  consoleServer = createServer((request, response) => {
    const answer = (body: unknown) => response.end(JSON.stringify(body))
    const call = `${request.method ?? ''} ${request.url ?? ''}`
    if (call === 'GET /api/providers') return answer({ items: known, nextCursor: null })
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
      told.push({ call, body: SCHEMAS[request.method as keyof typeof SCHEMAS].parse(body) })
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
const asKnown = (index: number, baseUrl: string) => ({
  ...registration(fleet[index]!),
  baseUrl,
  hasApiKey: true,
  apiKeyLast4: 'groq',
  apiKeyRef: null,
  headers: {},
  apiVersion: null,
  coordinates: null,
  models: [],
  enabled: true,
  weight: 1,
  priority: 0,
  maxConcurrency: null,
  probe: {
    type: 'models',
    model: null,
    path: null,
    expectStatus: null,
    dailyBudgetUsd: null,
    skipWhenTrafficProves: false,
  },
  thresholds: {},
  version: 3,
  createdAt: new Date(0).toISOString(),
  updatedAt: new Date(0).toISOString(),
})

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
    expect(told.slice(1).map(({ body }) => (body as { id: string }).id)).toEqual(
      SIMULATED_PROVIDERS.map(({ id }) => id),
    )
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

import { describe, expect, it } from 'vitest'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { RequestFacts } from '#lib/domain/routing/request-facts.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import { stageFleet, T0 } from '../stage-fleet.fixture.ts'
import { routeRequest } from './route-request.ts'
import { putRoute } from './routing.ts'

const FACTS: RequestFacts = {
  model: 'gpt-4o',
  api: 'chat',
  region: null,
  userId: null,
  sessionId: null,
  estimatedTokens: null,
  requestBytes: null,
  headers: {},
  metadata: {},
}

const routeOf = (ids: readonly string[], part: Partial<Route> = {}): Route => ({
  name: 'main',
  models: ['gpt-4o'],
  members: ids.map((providerId) => ({ providerId, model: null, weight: null, priority: null })),
  strategy: { type: 'load-balance', algorithm: 'round-robin' },
  limits: { maxAttempts: null, timeoutMs: null, firstTokenTimeoutMs: null, stallTimeoutMs: null },
  version: 1,
  createdAt: T0,
  updatedAt: T0,
  ...part,
})

function stage(ids: readonly string[], part: Partial<Route> = {}) {
  const staged = stageFleet()
  for (const id of ids) staged.add(id)
  const route = routeOf(ids, part)
  putRoute(staged.engine.routing, route)
  const now = () => staged.engine.clock.now()
  const raw = (over: Partial<RawResult> = {}): RawResult => ({
    startedAt: now() - 50,
    endedAt: now(),
    phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null },
    httpStatus: 200,
    headers: {},
    failure: null,
    errorCode: null,
    excerpt: null,
    usage: null,
    ...over,
  })
  return {
    ...staged,
    route,
    ask: (facts: Partial<RequestFacts> = {}) =>
      routeRequest(staged.engine, { route, facts: { ...FACTS, ...facts }, requestId: 'r-1' }),
    end: (over: Partial<RawResult> = {}) => ({ raw: raw(over), firstTokenMs: null, timeoutMs: 30_000 }),
  }
}

describe('a request on its way', () => {
  it('goes to a provider, which is free again afterwards', async () => {
    const { ask, end, entry, engine } = stage(['acme', 'blue'])
    const request = ask()
    const admission = request.next()
    expect(admission).toMatchObject({ provider: { id: 'acme' }, model: 'gpt-4o', isTrial: false })
    expect(entry('acme').calls).toBe(1)
    const verdict = await request.settle(admission!, end())
    expect(verdict.class).toBe('ok')
    request.end({ class: 'ok', httpStatus: 200, attempts: 1 })
    expect(entry('acme').calls).toBe(0)
    expect(engine.routing.log.find('r-1')?.decision).toMatchObject({
      id: request.decision.id,
      attempts: [{ providerId: 'acme', class: 'ok', latencyMs: 50 }],
    })
  })
})

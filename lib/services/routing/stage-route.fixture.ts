import type { Provider } from '#lib/domain/provider.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { OutcomeClass } from '#lib/domain/outcome.ts'
import type { RequestFacts } from '#lib/domain/routing/request-facts.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import { stageFleet, T0 } from '../stage-fleet.fixture.ts'
import type { Admission, AttemptEnd, RoutedRequest } from './routed-request.ts'
import { routeRequest } from './route-request.ts'
import { putRoute } from './routing.ts'

export const FACTS: RequestFacts = {
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

/** A route over these providers, in this order of priority. */
export const routeOver = (ids: readonly string[], part: Partial<Route> = {}): Route => ({
  name: 'main',
  models: ['gpt-4o'],
  members: ids.map((providerId, priority) => ({ providerId, model: null, weight: null, priority })),
  strategy: { type: 'load-balance', algorithm: 'round-robin' },
  limits: { maxAttempts: null, timeoutMs: null, firstTokenTimeoutMs: null, stallTimeoutMs: null },
  version: 1,
  createdAt: T0,
  updatedAt: T0,
  ...part,
})

export const IN_ORDER = { type: 'failover', policy: { type: 'threshold', failures: 100 } } as const

type Shape = { route?: Partial<Route>; provider?: Partial<Provider> }

/** A fleet of these providers with a route over them, and a carrier that ends attempts as a test wants them. */
export function stageRoute(ids: readonly string[], { route: part = {}, provider = {} }: Shape = {}) {
  const stage = stageFleet()
  for (const id of ids) stage.add(id, provider)
  const route = routeOver(ids, part)
  putRoute(stage.engine.routing, route)
  let requests = 0
  const now = () => stage.engine.clock.now()

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
  const end = (over: Partial<RawResult> = {}, firstTokenMs: number | null = null): AttemptEnd => ({
    raw: raw(over),
    firstTokenMs,
    timeoutMs: 30_000,
  })
  const ask = (facts: Partial<RequestFacts> = {}): RoutedRequest =>
    routeRequest(stage.engine, {
      route,
      facts: { ...FACTS, ...facts },
      requestId: `request-${(requests += 1)}`,
    })
  const finish = (request: RoutedRequest, outcomeClass: OutcomeClass = 'ok') =>
    request.end({ class: outcomeClass, httpStatus: outcomeClass === 'ok' ? 200 : 502, attempts: 1 })

  /** Carries a request as a gateway does: attempt after attempt, ending as `how` says for each provider. */
  const carry = async (how: (admission: Admission) => AttemptEnd, facts: Partial<RequestFacts> = {}) => {
    const request = ask(facts)
    let last: OutcomeClass = 'internal'
    for (let admission = request.next(); admission !== null; admission = request.next()) {
      const verdict = await request.settle(admission, how(admission))
      last = verdict.class
      if (!request.mayRetry(verdict)) break
    }
    finish(request, last)
    return request.decision
  }

  return {
    ...stage,
    route,
    now,
    end,
    ask,
    finish,
    carry,
    ok: () => end(),
    broken: () => end({ httpStatus: 503 }),
    refused: () => end({ httpStatus: null, failure: { kind: 'refused', message: 'connect refused' } }),
    calls: (id: string) => stage.entry(id).calls,
    leases: (id: string) => ({
      own: stage.entry(id).own.circuit.leases.length,
      model: stage.entry(id).models.get('gpt-4o')?.circuit.leases.length ?? 0,
    }),
    /** Opens the provider's own circuit: five checks find it refusing. */
    open: (id: string) =>
      stage.see(
        ...Array.from({ length: 5 }, () => ({
          providerId: id,
          class: 'provider_error' as const,
          kind: 'refused' as const,
          message: 'connect refused',
          httpStatus: null,
        })),
      ),
    /** Opens the model's circuit there: five calls find it failing. */
    openModel: (id: string, model = 'gpt-4o') =>
      stage.see(
        ...Array.from({ length: 5 }, () => ({
          providerId: id,
          source: 'passive' as const,
          model,
          class: 'provider_error' as const,
          kind: 'http_status' as const,
          message: '503',
          httpStatus: 503,
          completion: true,
        })),
      ),
    force: (id: string, mode: 'forced_open' | 'forced_closed' | 'shadow', lastsMs = 3_600_000) => {
      const { own } = stage.entry(id)
      const override = { mode, actor: 'ann', reason: 'a test', since: now(), until: now() + lastsMs }
      own.circuit = { ...own.circuit, override: { ...override, failingSince: null } }
    },
  }
}

import type { Candidate } from '#lib/domain/routing/candidate.ts'
import { decide } from '#lib/domain/routing/decide.ts'
import type { RequestFacts } from '#lib/domain/routing/request-facts.ts'
import type { Route, Strategy } from '#lib/domain/routing/route.ts'
import { newRouteMemory } from '#lib/domain/routing/route-memory.ts'
import { routeRequest } from '#lib/services/routing/route-request.ts'
import { putRoute } from '#lib/services/routing/routing.ts'
import { startBenchFleet, type BenchFleet } from './bench-fleet.ts'
import { medianNs } from './median-ns.ts'
import { measureOf, type Measure } from './report.ts'
import { startSlowServer } from './start-slow-server.ts'

const measure = measureOf('select')

const CANDIDATES = 100
const DECISIONS = 5_000
const REQUESTS = 2_000
const US_PER_NS = 1e-3
const T0 = 1_700_000_000_000

const REQUEST: RequestFacts = {
  model: 'gpt-4o',
  api: 'chat',
  region: 'eu-west',
  userId: 'user-7',
  sessionId: null,
  estimatedTokens: 400,
  requestBytes: 1_600,
  headers: { 'x-team': 'search' },
  metadata: { tier: 'gold' },
}

/** One of a hundred: each tenth has its circuit open, each eleventh cools, each thirteenth is unhealthy, the rest are fine. */
function candidateAt(index: number): Candidate {
  const isOpen = index % 10 === 9
  return {
    providerId: `provider-${index}`,
    model: 'gpt-4o',
    enabled: true,
    forcedOpen: false,
    refusal: null,
    gate: isOpen ? 'open' : 'closed',
    state: isOpen ? 'open' : 'closed',
    coolingUntil: index % 11 === 10 ? T0 + 30_000 : null,
    retryAt: isOpen ? T0 + 60_000 : null,
    health: index % 13 === 12 ? 'unhealthy' : 'fine',
    healthReason: index % 13 === 12 ? '3 failures in a row: connect refused' : 'checks pass',
    inFlight: index % 7,
    maxConcurrency: null,
    weight: 1 + (index % 5),
    priority: index,
    ramp: 1,
    region: ['us-east', 'eu-west', 'eu-central', 'ap-south'][index % 4] ?? null,
    coordinates: [(index * 1.7) % 80, (index * 3.1) % 170],
    peakEwmaMs: 100 + index,
    averageLatencyMs: 100 + index,
    recentP95Ms: 300 + index,
    successRate: 1 - (index % 4) / 100,
    samples: 50,
    consecutiveFailures: 0,
    outputTokens: null,
    price: { in: 1 + (index % 9), out: 4 + (index % 9) },
  }
}

const STRATEGIES: Readonly<Record<string, Strategy>> = {
  weighted: { type: 'load-balance', algorithm: 'weighted' },
  latency: { type: 'load-balance', algorithm: 'latency' },
  failover: { type: 'failover', policy: { type: 'immediate' } },
  geographic: { type: 'geographic' },
  cost: { type: 'cost', maxLatencyMs: 180, minSuccessRate: 0.9 },
  adaptive: { type: 'adaptive', weights: { success: 0.5, latency: 0.3, cost: 0.2 }, exploration: 0.01 },
}

/** What it takes to choose among a hundred with the verdict on each, and what a request's whole way through the brain takes. */
export default async function select(): Promise<Measure[]> {
  const measures: Measure[] = []
  for (const [name, strategy] of Object.entries(STRATEGIES)) {
    const ns = await medianNs(DECISIONS, () => decideOften(strategy))
    const figure: [number, string] = [ns * US_PER_NS, 'µs']
    measures.push(measure(`decision among ${CANDIDATES}: ${name}`, figure, { at: 'most', value: 20 }))
  }
  const figure: [number, string] = [await wholeWayUs(), 'µs']
  return [...measures, measure('next, settle and end with 3 members, recorded', figure)]
}

function decideOften(strategy: Strategy): void {
  const candidates = Array.from({ length: CANDIDATES }, (_, index) => candidateAt(index))
  let memory = newRouteMemory()
  const nobody: ReadonlySet<string> = new Set()
  for (let i = 0; i < DECISIONS; i += 1) {
    const decided = decide({
      route: { name: 'bench', strategy },
      request: REQUEST,
      candidates,
      memory,
      exclude: nobody,
      tried: nobody,
      panicThreshold: 0,
      mayPanic: true,
      now: T0 + i,
      random: () => (i * 0.618) % 1,
    })
    if (decided.selection.candidates.length !== CANDIDATES) throw new Error('a member is missing')
    memory = decided.memory
  }
}

async function wholeWayUs(): Promise<number> {
  const server = await startSlowServer(5)
  const baseUrl = `http://127.0.0.1:${server.port}/v1`
  const fleet = await startBenchFleet({ count: 3, interval: '60s', baseUrl })
  try {
    return (await medianNs(REQUESTS, () => carry(fleet))) * US_PER_NS
  } finally {
    await fleet.runtime.stop()
    server.stop()
    fleet.remove()
  }
}

async function carry({ runtime: { engine } }: BenchFleet): Promise<void> {
  const route: Route = {
    name: 'bench',
    models: ['gpt-4o'],
    members: [0, 1, 2].map((index) => ({
      providerId: `bench-${index}`,
      model: null,
      weight: index + 1,
      priority: null,
    })),
    strategy: { type: 'load-balance', algorithm: 'weighted' },
    limits: { maxAttempts: null, timeoutMs: null, firstTokenTimeoutMs: null, stallTimeoutMs: null },
    version: 1,
    createdAt: T0,
    updatedAt: T0,
  }
  if (!engine.routing.routes.has(route.name)) putRoute(engine.routing, route)
  for (let i = 0; i < REQUESTS; i += 1) {
    const routed = routeRequest(engine, { route, facts: REQUEST, requestId: `bench-${i}` })
    const admission = routed.next()
    if (admission === null) throw new Error(routed.selection?.reason ?? 'nobody was chosen')
    const endedAt = engine.clock.now()
    const raw = {
      startedAt: admission.startedAt,
      endedAt,
      phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null },
      httpStatus: 200,
      headers: {},
      failure: null,
      errorCode: null,
      excerpt: null,
      usage: { inputTokens: 24, outputTokens: 32 },
    }
    await routed.settle(admission, { raw, firstTokenMs: null, timeoutMs: 30_000 })
    routed.end({ class: 'ok', httpStatus: 200, attempts: 1 })
  }
}

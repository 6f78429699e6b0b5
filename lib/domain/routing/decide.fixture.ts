import type { Candidate } from './candidate.ts'
import { decide, type DecideInput } from './decide.ts'
import type { RequestFacts } from './request-facts.ts'
import type { Strategy } from './route.ts'
import { newRouteMemory } from './route-memory.ts'

/** A Monday noon in UTC. */
export const NOON = Date.UTC(2026, 0, 5, 12)

/** A member in the best of states. */
export const candidate = (providerId: string, facts: Partial<Candidate> = {}): Candidate => ({
  providerId,
  model: 'gpt-4o',
  enabled: true,
  forcedOpen: false,
  refusal: null,
  gate: 'closed',
  state: 'closed',
  coolingUntil: null,
  retryAt: null,
  health: 'fine',
  healthReason: 'checks pass',
  inFlight: 0,
  maxConcurrency: null,
  weight: 1,
  priority: 0,
  ramp: 1,
  region: null,
  coordinates: null,
  peakEwmaMs: null,
  averageLatencyMs: null,
  recentP95Ms: null,
  successRate: 1,
  samples: 0,
  consecutiveFailures: 0,
  outputTokens: null,
  price: null,
  ...facts,
})

/** A request that says nothing but its model. */
export const request = (facts: Partial<RequestFacts> = {}): RequestFacts => ({
  model: 'gpt-4o',
  api: 'chat',
  region: null,
  userId: null,
  sessionId: null,
  estimatedTokens: null,
  requestBytes: null,
  headers: {},
  metadata: {},
  ...facts,
})

/** An input to `decide` for a route `chat`; chance always says one half. */
export const decideInput = (
  strategy: Strategy,
  candidates: readonly Candidate[],
  rest: Partial<DecideInput> = {},
): DecideInput => ({
  route: { name: 'chat', strategy },
  request: request(),
  candidates,
  memory: newRouteMemory(),
  exclude: new Set(),
  tried: new Set(),
  panicThreshold: 0,
  mayPanic: true,
  now: NOON,
  random: () => 0.5,
  ...rest,
})

/** Decides `count` times, memory handed on, and tells the winners' ids; '-' for nobody. */
export function winners(input: DecideInput, count: number): string[] {
  let { memory } = input
  return Array.from({ length: count }, () => {
    const decided = decide({ ...input, memory })
    memory = decided.memory
    const { chosen, candidates } = decided.selection
    return chosen === null ? '-' : (candidates[chosen]?.providerId ?? '?')
  })
}

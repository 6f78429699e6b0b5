import type { RouteState, RoutingState } from '#lib/contract/decision.ts'
import { compareNames } from '#lib/domain/name-order.ts'
import type { Candidate } from '#lib/domain/routing/candidate.ts'
import { configuredShares } from '#lib/domain/routing/configured-share.ts'
import type { CandidateVerdict } from '#lib/domain/routing/decision.ts'
import type { RequestFacts } from '#lib/domain/routing/request-facts.ts'
import { newRouteMemory } from '#lib/domain/routing/route-memory.ts'
import type { Route, Strategy, Variant } from '#lib/domain/routing/route.ts'
import type { Engine } from '../engine.ts'
import { iso } from '../present/time.ts'
import { candidatesForAny } from './candidates.ts'
import { decideOn } from './choose-provider.ts'
import { expirePermits } from './end-permit.ts'
import { RouteTraffic } from './route-traffic.ts'

/** A request that says nothing but which route it wants. */
const anyRequest = (route: Route): RequestFacts => ({
  model: `route:${route.name}`,
  api: null,
  region: null,
  userId: null,
  sessionId: null,
  estimatedTokens: null,
  requestBytes: null,
  headers: {},
  metadata: {},
})

const NOBODY: ReadonlySet<string> = new Set()

/** Every route by name: who may take a request now and why not, and what became of the last hour's. */
export function readRouting(engine: Engine, gatewayUrl: string | null): RoutingState {
  expirePermits(engine)
  const routes = [...engine.routing.routes.values()].sort((a, b) => compareNames(a.name, b.name))
  return {
    asOf: iso(engine.clock.now()),
    routes: routes.map((route) => stateOf(engine, route)),
    gatewayUrl,
  }
}

/** How many of a route's members could take a request now. */
export const eligibleMembers = (engine: Engine, route: Route): number =>
  memberVerdicts(engine, route, engine.clock.now()).verdicts.filter(({ eligible }) => eligible).length

function memberVerdicts(engine: Engine, route: Route, now: number) {
  const candidates = candidatesForAny(engine.fleet, { route, now }).map((candidate) =>
    servesSomething(engine, route, candidate),
  )
  return { candidates, verdicts: verdictsOn(engine, route, { candidates, now }) }
}

function stateOf(engine: Engine, route: Route): RouteState {
  const now = engine.clock.now()
  const live = engine.routing.live.get(route.name)
  const traffic = live?.traffic ?? new RouteTraffic()
  const { candidates, verdicts } = memberVerdicts(engine, route, now)
  return {
    name: route.name,
    models: [...route.models],
    strategy: route.strategy.type,
    eligibleMembers: verdicts.filter(({ eligible }) => eligible).length,
    members: membersOf(route, { candidates, verdicts, traffic, now }),
    requests: traffic.requests(now),
    variants: variantsOf(route.strategy).map(({ name, percent }) => ({
      name,
      percent,
      ...traffic.variant(now, name),
    })),
  }
}

/** A provider that lists no models serves any, so also one that a route's prefix stands for. */
function servesSomething({ fleet }: Engine, route: Route, candidate: Candidate): Candidate {
  const listsNone = fleet.entries.get(candidate.providerId)?.provider.models.length === 0
  return candidate.model === null && listsNone
    ? { ...candidate, model: route.models[0] ?? route.name }
    : candidate
}

function verdictsOn(engine: Engine, route: Route, field: { candidates: readonly Candidate[]; now: number }) {
  const { selection } = decideOn(
    engine,
    { memory: newRouteMemory() },
    { route, facts: anyRequest(route), exclude: NOBODY, tried: NOBODY, ...field, mayPanic: false },
  )
  return selection.candidates
}

type Looked = {
  candidates: readonly Candidate[]
  verdicts: readonly CandidateVerdict[]
  traffic: RouteTraffic
  now: number
}

function membersOf(route: Route, { candidates, verdicts, traffic, now }: Looked): RouteState['members'] {
  const configured = configuredShares(route.strategy, candidates)
  const chosen = traffic.choices(now, 0)
  const chosenBefore = traffic.choices(now, 1)
  return route.members.map(({ providerId, model }, place) => {
    const verdict = verdicts[place]
    const eligible = verdict?.eligible ?? false
    return {
      providerId,
      model,
      configuredShare: configured[place] ?? null,
      actualShare: shareOf(chosen, providerId),
      earlierShare: shareOf(chosenBefore, providerId),
      decisions: chosen.get(providerId) ?? 0,
      eligible,
      drop: verdict?.drop ?? null,
      reason: eligible ? '' : (verdict?.reason ?? ''),
    }
  })
}

function shareOf(chosen: ReadonlyMap<string, number>, providerId: string): number | null {
  let total = 0
  for (const count of chosen.values()) total += count
  return total === 0 ? null : (chosen.get(providerId) ?? 0) / total
}

/** The variants of every A/B test in a strategy, each name once. */
function variantsOf(strategy: Strategy): Variant[] {
  const all = testsIn(strategy).flatMap(({ variants }) => variants)
  return [...new Map(all.map((variant) => [variant.name, variant])).values()]
}

function testsIn(strategy: Strategy): Extract<Strategy, { type: 'ab-test' }>[] {
  if (strategy.type === 'ab-test') return [strategy]
  if (strategy.type !== 'conditional') return []
  return [...strategy.rules.map(({ use }) => use), strategy.otherwise].flatMap(testsIn)
}

import { newRouteMemory, type RouteMemory } from '#lib/domain/routing/route-memory.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import { RetryBudget } from '#lib/domain/routing/retry-budget.ts'
import { RouteCounts } from '../metrics/route-counts.ts'
import type { DecisionCount, KeptDecision } from '../records.ts'
import { DecisionCounts } from './decision-counts.ts'
import { DecisionLog, type Sampling } from './decision-log.ts'
import { PermitBook } from './permit-book.ts'
import { RouteTraffic } from './route-traffic.ts'

/** Everything that is live about one route. */
export type LiveRoute = {
  route: Route
  /** Whose turn it is. */
  memory: RouteMemory
  retries: RetryBudget
  traffic: RouteTraffic
  /** What only ever grows, for metrics. */
  counts: RouteCounts
  sampling: Sampling
}

/** The live state of routing: the routes, and what became of the requests on them. */
export type Routing = {
  /** By name; changed by `putRoute` and `dropRoute` alone. */
  routes: ReadonlyMap<string, Route>
  live: Map<string, LiveRoute>
  log: DecisionLog
  counts: DecisionCounts
  /** How often the gateway answered an error of its own, by its code. */
  gatewayErrors: Map<string, number>
  /** The permits of calls that others carry. */
  permits: PermitBook
}

/** What routing starts with; `keep` takes decisions that are worth it to the disk. */
export type RoutingParts = {
  keep: (kept: KeptDecision) => void
  routes?: readonly Route[]
  counts?: readonly DecisionCount[]
}

/** Routing as it was kept, with nothing under way. */
export function createRouting({ keep, routes = [], counts = [] }: RoutingParts): Routing {
  return {
    routes: new Map(routes.map((route) => [route.name, route])),
    live: new Map(),
    log: new DecisionLog(keep),
    counts: new DecisionCounts(counts),
    gatewayErrors: new Map(),
    permits: new PermitBook(),
  }
}

/** Puts a route in force, new or in place of the one of its name; requests under way keep to the old one. */
export function putRoute(routing: Routing, route: Route): void {
  routing.routes = new Map(routing.routes).set(route.name, route)
  const live = routing.live.get(route.name)
  if (live === undefined) return
  live.route = route
  live.memory = newRouteMemory()
}

/** Takes a route out of force; what was counted of it stays. */
export function dropRoute(routing: Routing, name: string): void {
  const routes = new Map(routing.routes)
  routes.delete(name)
  routing.routes = routes
  routing.live.delete(name)
}

/** What is live about a route; of one that is no longer in force, something that nobody else sees. */
export function liveRoute(routing: Routing, route: Route): LiveRoute {
  const held = routing.live.get(route.name)
  if (held !== undefined) return held
  const live: LiveRoute = {
    route,
    memory: newRouteMemory(),
    retries: new RetryBudget(),
    traffic: new RouteTraffic(),
    counts: new RouteCounts(),
    sampling: { second: 0, kept: 0 },
  }
  if (routing.routes.has(route.name)) routing.live.set(route.name, live)
  return live
}

/** What is live about the route of this name, if anything is. */
export const liveRouteNamed = (routing: Routing, name: string): LiveRoute | null =>
  routing.live.get(name) ?? null

import type { Route } from './route.ts'

type Named = Pick<Route, 'name' | 'models'>

/** The model that picks a route by name begins with this. */
const BY_NAME = 'route:'

/**
 * The route that a request for `model` takes, or null: `route:NAME` names one, else the exact model goes before a
 * prefix, a longer prefix before a shorter one, and among equals the route whose name comes first.
 */
export function matchRoute<R extends Named>(routes: Iterable<R>, model: string): R | null {
  const name = model.startsWith(BY_NAME) ? model.slice(BY_NAME.length) : null
  let best: R | null = null
  let bestRank = -1
  for (const route of routes) {
    if (name !== null) {
      if (route.name === name) return route
      continue
    }
    const rank = rankOf(route, model)
    if (rank < 0 || rank < bestRank) continue
    if (best === null || rank > bestRank || route.name < best.name) best = route
    bestRank = rank
  }
  return best
}

/** How well a route's best pattern fits: the length of its prefix, an exact name above all; -1: not at all. */
function rankOf(route: Named, model: string): number {
  let rank = -1
  for (const pattern of route.models) {
    if (pattern === model) return Number.POSITIVE_INFINITY
    if (!pattern.endsWith('*')) continue
    const length = pattern.length - 1
    if (length > rank && model.startsWith(pattern.slice(0, length))) rank = length
  }
  return rank
}

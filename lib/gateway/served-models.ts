import { compareNames } from '#lib/domain/name-order.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import { matchRoute } from '#lib/domain/routing/match-route.ts'
import type { GatewayApi } from '#lib/domain/routing/request-facts.ts'
import { fitsPattern, modelAt, requestedModel, servesApi } from '#lib/services/routing/served-model.ts'
import type { Engine } from '#lib/services/engine.ts'

/** A model that a client may name. */
export type ServedModel = { id: string; route: string; createdAt: number }

/**
 * Every model that may be named, each once, by name: what the routes name in full, what their members list under the
 * routes' prefixes, and each route as `route:NAME`. `routes` limits it to those routes; null: all.
 */
export function servedModels(engine: Engine, routes: readonly string[] | null): ServedModel[] {
  const found = new Map<string, Route>()
  for (const route of routesIn(engine, routes)) {
    const names = [
      ...route.models.flatMap((pattern) => modelsOf(engine, route, pattern)),
      `route:${route.name}`,
    ]
    for (const id of names) found.set(id, takerOf(id, found.get(id), route))
  }
  return [...found]
    .map(([id, { name, createdAt }]) => ({ id, route: name, createdAt }))
    .sort((a, b) => compareNames(a.id, b.id))
}

/** A model by the name that a client gives it, listed or not; null when nobody would take a request for it. */
export function servedModel(
  engine: Engine,
  routes: readonly string[] | null,
  id: string,
): ServedModel | null {
  const route = matchRoute(routesIn(engine, routes), id)
  const isServed = route !== null && (route.models.includes(id) || isTaken(engine, route, { id, api: null }))
  return isServed ? { id, route: route.name, createdAt: route.createdAt } : null
}

/** Whether a member of the route would take the model, over `api` where one is named. */
function isTaken(
  { fleet }: Engine,
  route: Route,
  { id, api }: { id: string; api: GatewayApi | null },
): boolean {
  if (api === null && id === `route:${route.name}`) return true
  const requested = requestedModel(route, id)
  return route.members.some((member) => {
    const provider = fleet.entries.get(member.providerId)?.provider
    if (provider === undefined || !servesApi(provider, api)) return false
    return modelAt(provider, member, { route, requested }) !== null
  })
}

/** Which of the two routes that name a model takes its requests. */
const takerOf = (model: string, one: Route | undefined, other: Route): Route =>
  one === undefined ? other : (matchRoute([one, other], model) ?? one)

/** The routes by these names; null: all. */
export const routesIn = (engine: Engine, routes: readonly string[] | null): Route[] =>
  [...engine.routing.routes.values()].filter(({ name }) => routes === null || routes.includes(name))

/** What a pattern stands for: itself, or what the members list under its prefix. */
function modelsOf(engine: Engine, { members }: Route, pattern: string): string[] {
  if (!pattern.endsWith('*')) return [pattern]
  return members
    .flatMap(({ providerId }) => engine.fleet.entries.get(providerId)?.provider.models ?? [])
    .map(({ name, alias }) => alias ?? name)
    .filter((name) => fitsPattern(pattern, name))
}

/** What is served, in a sentence; patterns stand for themselves. */
export function servedInWords(engine: Engine, routes: readonly string[] | null): string {
  const names = new Set<string>()
  for (const route of routesIn(engine, routes)) {
    for (const pattern of route.models) names.add(pattern)
    if (route.models.length === 0) names.add(`route:${route.name}`)
  }
  return inWords([...names].sort(compareNames))
}

/** Which models may be named over one API, in a sentence. */
export function servedOverInWords(engine: Engine, routes: readonly string[] | null, api: GatewayApi): string {
  const taken = servedModels(engine, routes).filter(({ id, route: name }) => {
    const route = engine.routing.routes.get(name)
    return route !== undefined && isTaken(engine, route, { id, api })
  })
  return taken.length === 0 ? 'nothing' : inWords(taken.map(({ id }) => id))
}

function inWords(names: readonly string[]): string {
  const shown = names.slice(0, 30).join(', ')
  return names.length > 30 ? `${shown} and ${names.length - 30} more` : shown
}

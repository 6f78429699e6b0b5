import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import type { Provider, ProviderModel } from '#lib/domain/provider.ts'
import type { GatewayApi } from '#lib/domain/routing/request-facts.ts'
import type { Member, Route } from '#lib/domain/routing/route.ts'

/** Whether a provider's kind has a path for the API; any has where somebody else carries the request. */
export const servesApi = ({ kind }: Provider, api: GatewayApi | null): boolean =>
  api === null || KIND_FACTS[kind].gateway[api] !== undefined

/** Whether a model's name is one of those that a route's pattern stands for. */
export const fitsPattern = (pattern: string, model: string): boolean =>
  pattern.endsWith('*') ? model.startsWith(pattern.slice(0, -1)) : pattern === model

/**
 * The model that a request asks a route for: what it says, or, where it names but the route, the first model that the
 * route names in full; null when it names none.
 */
export function requestedModel({ models }: Pick<Route, 'models'>, asked: string): string | null {
  if (asked !== '' && !asked.startsWith('route:')) return asked
  return models.find((pattern) => !pattern.endsWith('*')) ?? null
}

/** A provider's entry for a model that is asked for by its alias or its name; an alias goes first. */
export function listedModel({ models }: Provider, asked: string): ProviderModel | null {
  let byName: ProviderModel | null = null
  for (const model of models) {
    if (model.alias === asked) return model
    if (byName === null && model.name === asked) byName = model
  }
  return byName
}

/** The model's name at a member's provider, whatever its API; null when it does not serve it. */
export function modelAt(
  provider: Provider,
  member: Member,
  { route, requested }: { route: Pick<Route, 'models'>; requested: string | null },
): string | null {
  if (member.model !== null) return member.model
  if (requested === null) return firstFitting(provider, route)
  if (provider.models.length === 0) return requested
  return listedModel(provider, requested)?.name ?? null
}

/** The first model a provider lists that the route stands for. */
function firstFitting({ models }: Provider, route: Pick<Route, 'models'>): string | null {
  const fits = (name: string) => route.models.some((pattern) => fitsPattern(pattern, name))
  return models.find(({ name, alias }) => fits(alias ?? name) || fits(name))?.name ?? null
}

import type { Provider } from '#lib/domain/provider.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import type { Engine } from '../engine.ts'
import { fitsPattern, modelAt } from './served-model.ts'

/** A model that requests may name, and the first route, by name, that serves it. */
export type ServedModel = { id: string; route: string; createdAt: number }

/**
 * Everything that the routes serve, by name: what they name in full and a member has, and what their members list of
 * what a prefix stands for. `routes` narrows it to those of these names.
 */
export function readModels({ fleet, routing }: Engine, routes: readonly string[] | null): ServedModel[] {
  const served = new Map<string, ServedModel>()
  const all = [...routing.routes.values()].filter(({ name }) => routes === null || routes.includes(name))
  for (const route of all.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const providers = route.members.flatMap(({ providerId }) => fleet.entries.get(providerId)?.provider ?? [])
    for (const id of modelsOf(route, providers)) {
      if (!served.has(id)) served.set(id, { id, route: route.name, createdAt: route.createdAt })
    }
  }
  return [...served.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function modelsOf(route: Route, providers: readonly Provider[]): string[] {
  return route.models.flatMap((pattern) =>
    pattern.endsWith('*')
      ? providers.flatMap(namesOf).filter((name) => fitsPattern(pattern, name))
      : servesFull(route, providers, pattern),
  )
}

function servesFull(route: Route, providers: readonly Provider[], model: string): string[] {
  const isServed = route.members.some((member) => {
    const provider = providers.find(({ id }) => id === member.providerId)
    return provider !== undefined && modelAt(provider, member, { route, requested: model }) !== null
  })
  return isServed ? [model] : []
}

const namesOf = ({ models }: Provider): string[] =>
  models.flatMap(({ name, alias }) => (alias === null ? [name] : [alias, name]))

import { compareNames } from '#lib/domain/name-order.ts'
import type { Provider } from '#lib/domain/provider.ts'
import type { RequestFacts } from '#lib/domain/routing/request-facts.ts'
import { newRouteMemory } from '#lib/domain/routing/route-memory.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import type { Engine } from '../engine.ts'
import { entryOf } from '../fleet.ts'
import type { CircuitAddress } from '../records.ts'
import { candidatesOf } from './candidates.ts'
import { decideOn } from './choose-provider.ts'
import { readRouting } from './read-routing.ts'
import { fitsPattern } from './served-model.ts'

/**
 * The names of the routes that would have no eligible member left if this circuit let nothing through: for a
 * provider's own, whatever is asked for; for a model's, when that model is. Throws `not_found` for an unknown provider.
 */
export function routesWithout(engine: Engine, { providerId, model }: CircuitAddress): string[] {
  const { provider } = entryOf(engine.fleet, providerId)
  if (model !== null) {
    return [...engine.routing.routes.values()]
      .filter((route) => isLastFor(engine, route, { provider, model }))
      .map(({ name }) => name)
      .sort(compareNames)
  }
  return readRouting(engine, null)
    .routes.filter(({ eligibleMembers }) => eligibleMembers === 1)
    .filter(({ members }) => members.some((member) => member.eligible && member.providerId === providerId))
    .map(({ name }) => name)
}

type Served = { provider: Provider; model: string }

/** Whether a request for the model, under one of its names, finds nobody else. */
function isLastFor(engine: Engine, route: Route, served: Served): boolean {
  return namesOn(route, served).some((name) => {
    const eligible = eligibleFor(engine, route, name)
    const [only] = eligible
    return eligible.length === 1 && only?.providerId === served.provider.id && only.model === served.model
  })
}

/** What a request on the route may call the model; a member with a model of its own is asked by any name. */
function namesOn(route: Route, { provider, model }: Served): string[] {
  const member = route.members.find(({ providerId }) => providerId === provider.id)
  if (member === undefined) return []
  if (member.model !== null) return member.model === model ? [`route:${route.name}`, ...fullNames(route)] : []
  const aliases = provider.models.flatMap(({ name, alias }) =>
    name === model && alias !== null ? alias : [],
  )
  return [model, ...aliases].filter((name) => route.models.some((pattern) => fitsPattern(pattern, name)))
}

const fullNames = ({ models }: Route) => models.filter((pattern) => !pattern.endsWith('*'))

function eligibleFor(engine: Engine, route: Route, model: string) {
  const facts: RequestFacts = { ...NOTHING_SAID, model }
  const now = engine.clock.now()
  const { selection } = decideOn(
    engine,
    { memory: newRouteMemory() },
    {
      route,
      facts,
      exclude: NOBODY,
      tried: NOBODY,
      candidates: candidatesOf(engine.fleet, { route, facts, now }),
      now,
      mayPanic: false,
    },
  )
  return selection.candidates.filter(({ eligible }) => eligible)
}

const NOBODY: ReadonlySet<string> = new Set()

const NOTHING_SAID: Omit<RequestFacts, 'model'> = {
  api: null,
  region: null,
  userId: null,
  sessionId: null,
  estimatedTokens: null,
  requestBytes: null,
  headers: {},
  metadata: {},
}

import type { Author } from '#lib/domain/access/author.ts'
import { type CreateRoute, inputOfRoute, type RouteConfig, routeOfInput } from '#lib/contract/route.ts'
import { emptyEntry } from '../drive-circuit.ts'
import type { Engine } from '../engine.ts'
import { isPersisted } from '../persisted.ts'
import { recordAction } from '../record-action.ts'
import { refuseBadRoute } from './refuse-bad-route.ts'
import { putRoute } from './routing.ts'

/** Adds a route; requests take it at once. Throws `invalid_input` at the fields that are not right. */
export async function createRoute(
  engine: Engine,
  input: CreateRoute,
  author: Author,
): Promise<{ route: RouteConfig; persisted: boolean }> {
  const { routing, clock, journal } = engine
  const { name } = input
  const taken = routing.routes.has(name) ? [{ path: 'name', message: `"${name}" is taken` }] : []
  refuseBadRoute(engine, input, taken)
  const now = clock.now()
  const route = routeOfInput(input, { name, version: 1, createdAt: now, updatedAt: now })
  putRoute(routing, route)
  const after = inputOfRoute(route)
  const action = recordAction(engine, {
    action: 'route.create',
    entity: { type: 'route', id: name },
    summary: `added route ${name}`,
    ...author,
    reason: null,
    before: null,
    after,
  })
  const written = journal.commit({ ...emptyEntry, routesSaved: [route], audit: [action] })
  return { route: after, persisted: await isPersisted(engine, written) }
}

import type { Author } from '#lib/domain/access/author.ts'
import { inputOfRoute, type ReplaceRoute, type RouteConfig, routeOfInput } from '#lib/contract/route.ts'
import { AppError } from '#lib/domain/errors.ts'
import { emptyEntry } from '../drive-circuit.ts'
import type { Engine } from '../engine.ts'
import { isPersisted } from '../persisted.ts'
import { recordAction } from '../record-action.ts'
import { routeNamed } from './read-routes.ts'
import { refuseBadRoute } from './refuse-bad-route.ts'
import { putRoute } from './routing.ts'

/**
 * Gives a route other content; requests under way keep to the old one. Throws `not_found`, `invalid_input` at the
 * fields that are not right, and `conflict` with the route as it stands when `expectedVersion` is not its version.
 */
export async function replaceRoute(
  engine: Engine,
  name: string,
  { input, author }: { input: ReplaceRoute; author: Author },
): Promise<{ route: RouteConfig; persisted: boolean }> {
  const { routing, clock, journal } = engine
  const inForce = routeNamed(engine, name)
  const before = inputOfRoute(inForce)
  if (input.expectedVersion !== inForce.version) {
    const facts = { currentVersion: inForce.version, current: before }
    throw new AppError('conflict', `Route "${name}" was changed meanwhile.`, { facts })
  }
  refuseBadRoute(engine, { ...input, name })
  const { createdAt, version } = inForce
  const route = routeOfInput(input, { name, version: version + 1, createdAt, updatedAt: clock.now() })
  putRoute(routing, route)
  const after = inputOfRoute(route)
  const action = recordAction(engine, {
    action: 'route.replace',
    entity: { type: 'route', id: name },
    summary: `changed route ${name}`,
    ...author,
    reason: null,
    before,
    after,
  })
  const written = journal.commit({ ...emptyEntry, routesSaved: [route], audit: [action] })
  return { route: after, persisted: await isPersisted(engine, written) }
}

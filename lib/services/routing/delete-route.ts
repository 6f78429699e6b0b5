import type { Author } from '#lib/domain/access/author.ts'
import { inputOfRoute } from '#lib/contract/route.ts'
import { emptyEntry } from '../drive-circuit.ts'
import type { Engine } from '../engine.ts'
import { isPersisted } from '../persisted.ts'
import { recordAction } from '../record-action.ts'
import { routeNamed } from './read-routes.ts'
import { dropRoute } from './routing.ts'

/** Takes a route out of force; requests under way end on it, and what was decided on it stays. Throws `not_found`. */
export async function deleteRoute(
  engine: Engine,
  name: string,
  { input, author }: { input: { reason?: string | undefined }; author: Author },
): Promise<{ persisted: boolean }> {
  const before = inputOfRoute(routeNamed(engine, name))
  dropRoute(engine.routing, name)
  const action = recordAction(engine, {
    action: 'route.delete',
    entity: { type: 'route', id: name },
    summary: `deleted route ${name}`,
    ...author,
    reason: input.reason ?? null,
    before,
    after: null,
  })
  const written = engine.journal.commit({ ...emptyEntry, routesDeleted: [name], audit: [action] })
  return { persisted: await isPersisted(engine, written) }
}

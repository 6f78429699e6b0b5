import type { Author } from '#lib/domain/access/author.ts'
import { dropProvider } from './configure-provider.ts'
import { emptyEntry } from './drive-circuit.ts'
import type { Engine } from './engine.ts'
import { entryOf } from './fleet.ts'
import { isPersisted } from './persisted.ts'
import { presentProvider } from './present/provider.ts'
import { withThresholds } from './provider-thresholds.ts'
import { recordAction } from './record-action.ts'

/**
 * Takes a provider out, with its circuits, averages and thresholds; its history stays under its id. Throws `not_found`.
 * A member of a route may go too: whoever deletes at three in the morning wants it gone, not a list of routes to edit
 * first. The routes keep the member, which no request can be given to, and say why; should the id be created again, it
 * has its place back.
 */
export async function deleteProvider(
  engine: Engine,
  id: string,
  { input, author }: { input: { reason?: string | undefined }; author: Author },
): Promise<{ persisted: boolean }> {
  const { fleet, scheduler, journal } = engine
  const entry = entryOf(fleet, id)
  const before = presentProvider(entry.provider, entry.thresholds)
  const settings = withThresholds(engine, { id, thresholds: null, author, reason: `provider ${id} deleted` })
  dropProvider(fleet, entry)
  const action = recordAction(engine, {
    action: 'provider.delete',
    entity: { type: 'provider', id },
    summary: `deleted provider ${before.name}`,
    ...author,
    reason: input.reason ?? null,
    before,
    after: null,
  })
  scheduler.refresh(id)
  const written = journal.commit({ ...emptyEntry, providersDeleted: [id], settings, audit: [action] })
  return { persisted: await isPersisted(engine, written) }
}

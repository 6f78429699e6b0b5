import type { Author } from '#lib/domain/access/author.ts'
import { notFound } from '#lib/domain/errors.ts'
import { emptyEntry } from '../drive-circuit.ts'
import type { Engine } from '../engine.ts'
import { isPersisted } from '../persisted.ts'
import { recordAction } from '../record-action.ts'
import { presentClientKey } from './client-keys.ts'

/** Takes a client key out of force: the next request with it is refused. Throws `not_found`. */
export async function deleteClientKey(
  engine: Engine,
  id: string,
  { input, author }: { input: { reason?: string | undefined }; author: Author },
): Promise<{ persisted: boolean }> {
  const { clientKeys, journal } = engine
  const key = [...clientKeys.values()].find((held) => held.id === id)
  if (key === undefined) throw notFound('gateway key', id)
  clientKeys.delete(key.hash)
  const action = recordAction(engine, {
    action: 'client-key.delete',
    entity: { type: 'client-key', id },
    summary: `deleted gateway key ${key.name}`,
    ...author,
    reason: input.reason ?? null,
    before: presentClientKey(key),
    after: null,
  })
  const written = journal.commit({ ...emptyEntry, clientKeysDeleted: [id], audit: [action] })
  return { persisted: await isPersisted(engine, written) }
}

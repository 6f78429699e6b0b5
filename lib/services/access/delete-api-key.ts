import type { Author } from '#lib/domain/access/author.ts'
import { notFound } from '#lib/domain/errors.ts'
import { emptyEntry } from '../drive-circuit.ts'
import type { Engine } from '../engine.ts'
import { isPersisted } from '../persisted.ts'
import { auditRecord } from '../record-audit.ts'
import { presentApiKey } from './api-keys.ts'

/** Takes an API key out of force: the next call with it is refused. Throws `not_found`. */
export async function deleteApiKey(
  engine: Engine,
  id: string,
  { input, author }: { input: { reason?: string | undefined }; author: Author },
): Promise<{ persisted: boolean }> {
  const { apiKeys, journal } = engine
  const key = [...apiKeys.values()].find((held) => held.id === id)
  if (key === undefined) throw notFound('API key', id)
  apiKeys.delete(key.hash)
  const record = auditRecord(engine, {
    action: 'api-key.delete',
    outcome: 'done',
    entity: { type: 'api-key', id },
    summary: `deleted API key ${key.name}`,
    ...author,
    reason: input.reason ?? null,
    before: presentApiKey(key),
    after: null,
  })
  const written = journal.commit({ ...emptyEntry, apiKeysDeleted: [id], audit: [record] })
  return { persisted: await isPersisted(engine, written) }
}

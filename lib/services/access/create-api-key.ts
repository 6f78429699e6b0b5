import type { ApiKeyView, CreateApiKey } from '#lib/contract/api-key.ts'
import type { Author } from '#lib/domain/access/author.ts'
import { AppError } from '#lib/domain/errors.ts'
import { emptyEntry } from '../drive-circuit.ts'
import type { Engine } from '../engine.ts'
import { isPersisted } from '../persisted.ts'
import { auditRecord } from '../record-audit.ts'
import type { ApiKey } from '../records.ts'
import { presentApiKey } from './api-keys.ts'

/** What every key begins with, so that scanners of source code know a leaked one. */
const BEGINNING = 'sy-api-'
/** How much of a key is told again, for its owner to know it by. */
const SHOWN_CHARACTERS = 4

/**
 * Makes a key for a machine that calls the API; it counts at once. The answer is the only place that the key itself is
 * ever told: what is kept is its hash. Throws `invalid_input` for an end that has passed.
 */
export async function createApiKey(
  engine: Engine,
  { name, scopes, expiresAt = null }: CreateApiKey,
  author: Author,
): Promise<{ apiKey: ApiKeyView; key: string; persisted: boolean }> {
  const { apiKeys, clock, journal, newId, world, sha256 } = engine
  const createdAt = clock.now()
  const key = BEGINNING + world.newToken()
  const kept: ApiKey = {
    id: newId(),
    name,
    hash: sha256(key),
    prefix: key.slice(0, BEGINNING.length + SHOWN_CHARACTERS),
    scopes: [...new Set(scopes)],
    createdBy: author.actor,
    createdAt,
    expiresAt: endOf(expiresAt, createdAt),
    lastUsedAt: null,
  }
  apiKeys.set(kept.hash, kept)
  const apiKey = presentApiKey(kept)
  const record = auditRecord(engine, {
    action: 'api-key.create',
    outcome: 'done',
    entity: { type: 'api-key', id: kept.id },
    summary: `added API key ${name}`,
    ...author,
    reason: null,
    before: null,
    after: apiKey,
  })
  const written = journal.commit({ ...emptyEntry, apiKeysSaved: [kept], audit: [record] })
  return { apiKey, key, persisted: await isPersisted(engine, written) }
}

function endOf(expiresAt: string | null, now: number): number | null {
  if (expiresAt === null) return null
  const end = Date.parse(expiresAt)
  if (end > now) return end
  throw new AppError('invalid_input', 'The key would have expired already.', {
    fields: [{ path: 'expiresAt', message: 'a time in the future' }],
  })
}

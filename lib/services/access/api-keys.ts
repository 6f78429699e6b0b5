import type { ApiKeyView } from '#lib/contract/api-key.ts'
import { emptyEntry } from '../drive-circuit.ts'
import type { Engine } from '../engine.ts'
import { iso, isoOrNull } from '../present/time.ts'
import type { ApiKey } from '../records.ts'

/** The API keys there are, by their hash. */
export type ApiKeys = Map<string, ApiKey>

/** How far the time of a key's last use may lag behind, so that a busy one is not written at every call. */
const USE_NOTED_MS = 60_000

/** The API keys as they were kept. */
export const apiKeysOf = (kept: readonly ApiKey[]): ApiKeys => new Map(kept.map((key) => [key.hash, key]))

/**
 * The key whose SHA-256 (`engine.sha256` of what the caller sent) this is, and notes that it was used; null for a key
 * that was never made, is deleted or has expired.
 */
export function findApiKey(
  { apiKeys, clock, journal }: Pick<Engine, 'apiKeys' | 'clock' | 'journal'>,
  hash: string,
): ApiKey | null {
  const key = apiKeys.get(hash)
  const now = clock.now()
  if (key === undefined || (key.expiresAt !== null && key.expiresAt <= now)) return null
  if (key.lastUsedAt !== null && now - key.lastUsedAt < USE_NOTED_MS) return key
  const used = { ...key, lastUsedAt: now }
  apiKeys.set(hash, used)
  void journal.commit({ ...emptyEntry, apiKeysSaved: [used] })
  return used
}

/** All API keys, in the order in which they were made. */
export const readApiKeys = ({ apiKeys }: Pick<Engine, 'apiKeys'>): ApiKeyView[] =>
  [...apiKeys.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(presentApiKey)

/** An API key as the wire shows it: without what it is found by. */
export const presentApiKey = (key: ApiKey): ApiKeyView => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  scopes: [...key.scopes],
  createdBy: key.createdBy,
  createdAt: iso(key.createdAt),
  expiresAt: isoOrNull(key.expiresAt),
  lastUsedAt: isoOrNull(key.lastUsedAt),
})

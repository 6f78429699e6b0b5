import type { ClientKeyView } from '#lib/contract/client-key.ts'
import { emptyEntry } from '../drive-circuit.ts'
import type { Engine } from '../engine.ts'
import { iso, isoOrNull } from '../present/time.ts'
import type { ClientKey } from '../records.ts'

/** The client keys in force, by their hash. */
export type ClientKeys = Map<string, ClientKey>

/** How far the time of a key's last use may lag behind, so that a busy one is not written at every request. */
const USE_NOTED_MS = 60_000

/** The client keys as they were kept. */
export const clientKeysOf = (kept: readonly ClientKey[]): ClientKeys =>
  new Map(kept.map((key) => [key.hash, key]))

/**
 * The key whose SHA-256 (`engine.sha256` of what the client sent) this is, and notes that it was used; null for a key
 * that was never made or is deleted.
 */
export function findClientKey(
  { clientKeys, clock, journal }: Pick<Engine, 'clientKeys' | 'clock' | 'journal'>,
  hash: string,
): ClientKey | null {
  const key = clientKeys.get(hash)
  if (key === undefined) return null
  const now = clock.now()
  if (key.lastUsedAt !== null && now - key.lastUsedAt < USE_NOTED_MS) return key
  const used = { ...key, lastUsedAt: now }
  clientKeys.set(hash, used)
  void journal.commit({ ...emptyEntry, clientKeysSaved: [used] })
  return used
}

/** All client keys, in the order in which they were made. */
export const readClientKeys = ({ clientKeys }: Pick<Engine, 'clientKeys'>): ClientKeyView[] =>
  [...clientKeys.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(presentClientKey)

/** A client key as the wire shows it: without what it is found by. */
export const presentClientKey = (key: ClientKey): ClientKeyView => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  routes: key.routes && [...key.routes],
  requestsPerMinute: key.requestsPerMinute,
  tokensPerMinute: key.tokensPerMinute,
  createdAt: iso(key.createdAt),
  lastUsedAt: isoOrNull(key.lastUsedAt),
})

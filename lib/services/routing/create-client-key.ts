import type { Author } from '#lib/domain/access/author.ts'
import type { ClientKeyView, CreateClientKey } from '#lib/contract/client-key.ts'
import { AppError } from '#lib/domain/errors.ts'
import { emptyEntry } from '../drive-circuit.ts'
import type { Engine } from '../engine.ts'
import { isPersisted } from '../persisted.ts'
import { recordAction } from '../record-action.ts'
import type { ClientKey } from '../records.ts'
import { presentClientKey } from './client-keys.ts'

/** What every key begins with, in the shape that OpenAI's clients know. */
const BEGINNING = 'sk-switchyard-'
/** How much of a key is told again, for its owner to know it by. */
const SHOWN_CHARACTERS = 4

/**
 * Makes a key for an application that calls the gateway; it counts at once. The answer is the only place that the key
 * itself is ever told: what is kept is its hash. Throws `invalid_input` for a route there is not.
 */
export async function createClientKey(
  engine: Engine,
  input: CreateClientKey,
  author: Author,
): Promise<{ clientKey: ClientKeyView; key: string; persisted: boolean }> {
  const { clientKeys, clock, journal, newId, world, sha256 } = engine
  const { name, routes = null, requestsPerMinute = null, tokensPerMinute = null } = input
  refuseUnknownRoutes(engine, routes ?? [])
  const key = BEGINNING + world.newToken()
  const kept: ClientKey = {
    id: newId(),
    name,
    hash: sha256(key),
    prefix: key.slice(0, BEGINNING.length + SHOWN_CHARACTERS),
    routes,
    requestsPerMinute,
    tokensPerMinute,
    createdAt: clock.now(),
    lastUsedAt: null,
  }
  clientKeys.set(kept.hash, kept)
  const clientKey = presentClientKey(kept)
  const action = recordAction(engine, {
    action: 'client-key.create',
    entity: { type: 'client-key', id: kept.id },
    summary: `added gateway key ${name}`,
    ...author,
    reason: null,
    before: null,
    after: clientKey,
  })
  const written = journal.commit({ ...emptyEntry, clientKeysSaved: [kept], audit: [action] })
  return { clientKey, key, persisted: await isPersisted(engine, written) }
}

function refuseUnknownRoutes({ routing }: Engine, names: readonly string[]): void {
  const fields = names.flatMap((name, place) =>
    routing.routes.has(name) ? [] : [{ path: `routes.${place}`, message: `there is no route "${name}"` }],
  )
  if (fields.length > 0)
    throw new AppError('invalid_input', 'The key names routes there are not.', { fields })
}

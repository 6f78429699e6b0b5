import type { Author } from '#lib/domain/access/author.ts'
import type { CreateProvider, ProviderConfig } from '#lib/contract/provider.ts'
import { crossFieldErrors, mergeThresholds, type Thresholds } from '#lib/contract/settings.ts'
import { AppError } from '#lib/domain/errors.ts'
import { addProvider } from './configure-provider.ts'
import { emptyEntry } from './drive-circuit.ts'
import type { Engine } from './engine.ts'
import type { Fleet } from './fleet.ts'
import { isPersisted } from './persisted.ts'
import { presentProvider } from './present/provider.ts'
import { newProvider } from './provider-of-input.ts'
import { recordAction } from './record-action.ts'
import { withThresholds } from './provider-thresholds.ts'

/** Adds a provider, with its own thresholds as a new version of the settings. Checks of it begin at once. */
export async function createProvider(
  engine: Engine,
  { id: wantedId, thresholds = {}, ...input }: CreateProvider,
  author: Author,
): Promise<{ provider: ProviderConfig; persisted: boolean }> {
  const { fleet, clock, secrets, scheduler, journal } = engine
  const id = freeId(fleet, { wantedId, name: input.name })
  refuseBadThresholds(fleet, thresholds)
  const provider = newProvider(input, { id, secrets, now: clock.now() })
  const settings = withThresholds(engine, { id, thresholds, author, reason: `provider ${id} added` })
  const entry = addProvider(fleet, provider)
  const action = recordAction(engine, {
    action: 'provider.create',
    entity: { type: 'provider', id },
    summary: `added provider ${provider.name}`,
    ...author,
    reason: null,
    before: null,
    after: presentProvider(provider, thresholds),
  })
  scheduler.refresh(id)
  const written = journal.commit({ ...emptyEntry, providersSaved: [provider], settings, audit: [action] })
  return {
    provider: presentProvider(entry.provider, entry.thresholds),
    persisted: await isPersisted(engine, written),
  }
}

/** Refuses thresholds that do not fit together once laid over the defaults, at the provider's own field. */
export function refuseBadThresholds(fleet: Fleet, thresholds: Thresholds): void {
  const fields = crossFieldErrors(mergeThresholds(fleet.settings.settings, thresholds)).map(
    ({ path, message }) => ({
      path: ['thresholds', ...path].join('.'),
      message,
    }),
  )
  if (fields.length > 0)
    throw new AppError('invalid_input', 'The thresholds do not fit together.', { fields })
}

function freeId(fleet: Fleet, { wantedId, name }: { wantedId: string | undefined; name: string }): string {
  if (wantedId === undefined) return firstFree(slug(name), (id) => fleet.entries.has(id))
  if (!fleet.entries.has(wantedId)) return wantedId
  const taken = { path: 'id', message: `"${wantedId}" is taken` }
  throw new AppError('invalid_input', `There is a provider "${wantedId}" already.`, { fields: [taken] })
}

/** An id made of a name: "Azure EU (prod)" becomes `azure-eu-prod`. */
function slug(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 56)
  return words.replace(/^-+|-+$/g, '') || 'provider'
}

function firstFree(base: string, isTaken: (id: string) => boolean): string {
  let id = base
  for (let n = 2; isTaken(id); n += 1) id = `${base}-${n}`
  return id
}

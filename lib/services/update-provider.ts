import type { Author } from '#lib/domain/access/author.ts'
import type { PatchProvider, ProviderConfig } from '#lib/contract/provider.ts'
import { AppError } from '#lib/domain/errors.ts'
import { changeProvider, isAnotherUpstream } from './configure-provider.ts'
import { refuseBadThresholds } from './create-provider.ts'
import { emptyEntry } from './drive-circuit.ts'
import type { Engine } from './engine.ts'
import { entryOf, slotsOf } from './fleet.ts'
import { isPersisted } from './persisted.ts'
import { presentProvider } from './present/provider.ts'
import type { ProviderEntry } from './provider-entry.ts'
import { patchedProvider } from './provider-of-input.ts'
import { withThresholds } from './provider-thresholds.ts'
import { recordAction } from './record-action.ts'
import type { JournalEntry } from './records.ts'

/**
 * Changes a provider; another base URL, kind or key starts its averages and circuits anew. Throws `not_found`, and
 * `conflict` with the provider as it stands when `expectedVersion` is not its version.
 */
export async function updateProvider(
  engine: Engine,
  id: string,
  { input, author }: { input: PatchProvider; author: Author },
): Promise<{ provider: ProviderConfig; persisted: boolean }> {
  const { fleet, clock, secrets, scheduler, journal } = engine
  const entry = entryOf(fleet, id)
  const before = presentProvider(entry.provider, entry.thresholds)
  if (input.expectedVersion !== before.version) {
    const facts = { currentVersion: before.version, current: before }
    throw new AppError('conflict', `Provider "${id}" was changed meanwhile.`, { facts })
  }
  if (input.thresholds !== undefined) refuseBadThresholds(fleet, input.thresholds)
  const provider = patchedProvider(entry.provider, input, { secrets, now: clock.now() })
  const { thresholds } = input
  const settings =
    thresholds === undefined
      ? []
      : withThresholds(engine, { id, thresholds, author, reason: `provider ${id} changed` })
  const startsAnew = isAnotherUpstream(entry.provider, provider)
  changeProvider(fleet, entry, { provider, author })
  const after = presentProvider(entry.provider, entry.thresholds)
  const summary = `changed provider ${provider.name}`
  const action = recordAction(engine, {
    action: 'provider.update',
    entity: { type: 'provider', id },
    summary,
    ...author,
    reason: null,
    before,
    after,
  })
  scheduler.refresh(id)
  const written = journal.commit({
    ...emptyEntry,
    ...(startsAnew ? resetOf(entry) : {}),
    providersSaved: [provider],
    settings,
    audit: [action],
  })
  return { provider: after, persisted: await isPersisted(engine, written) }
}

/** Takes what was learnt of the old upstream off the disk with the change, whenever the next averages are written. */
function resetOf(entry: ProviderEntry): Pick<JournalEntry, 'providersReset' | 'circuits'> {
  // All circuits anew, in the same entry: the reset takes their rows, and an override outlives it.
  const circuits = slotsOf(entry).map(({ providerId, model, circuit }) => ({ providerId, model, circuit }))
  return { providersReset: [entry.provider.id], circuits }
}

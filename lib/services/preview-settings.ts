import { policiesOf } from '#lib/contract/policies.ts'
import type { PreviewSettings, ProviderPreview, SettingsPreview } from '#lib/contract/preview.ts'
import { thresholdsOf } from '#lib/contract/thresholds-of.ts'
import { AppError } from '#lib/domain/errors.ts'
import { totalFigures } from '#lib/domain/replay/figures.ts'
import type { ProviderResult } from '#lib/domain/replay/provider-replay.ts'
import type { Engine } from './engine.ts'
import type { Fleet } from './fleet.ts'
import { exactnessOf, presentReplay } from './present/replay.ts'
import { iso } from './present/time.ts'
import type { ProviderEntry } from './provider-entry.ts'
import { saveOutcomes } from './save-outcomes.ts'

/** How somebody who waits for a replay follows it, and gives it up. */
export type ReplayWatch = {
  signal: AbortSignal
  /** Of `total` pieces of work, `done` are. */
  onProgress?: (done: number, total: number) => void
  onProvider?: (provider: ProviderPreview) => void
}

/** The pieces that the work on one provider is counted in. */
const PIECES = 100

/**
 * What recorded outcomes would have come to under other settings, next to those in force; nothing changes by it.
 * Throws `invalid_input` for an unknown provider; rejects when the signal is aborted.
 */
export async function previewSettings(
  engine: Engine,
  { settings, from, to, providerId }: PreviewSettings,
  watch: ReplayWatch,
): Promise<SettingsPreview> {
  const { fleet, replayer } = engine
  const entries = entriesIn(fleet, providerId)
  saveOutcomes(fleet)
  const { version } = fleet.settings
  const range = pastRange(engine, { from, to })
  const results: ProviderResult[] = []
  const providers: ProviderPreview[] = []
  for (const [index, entry] of entries.entries()) {
    const { id } = entry.provider
    const draft = policiesOf(settings, thresholdsOf(settings, id)).breaker
    const query = { ...range, providerId: id, policies: [draft, entry.policies.breaker], isBrief: false }
    const result = await replayer.replay(query, progressOf(watch, { index, of: entries.length }))
    const provider = presentReplay(id, result)
    results.push(result)
    if (provider !== null) providers.push(provider)
    if (provider !== null) watch.onProvider?.(provider)
  }
  const total = {
    draft: totalFigures(providers.map((provider) => provider.draft.figures)),
    inForce: totalFigures(providers.map((provider) => provider.inForce.figures)),
    exactness: exactnessOf(results),
  }
  return { from: iso(range.from), to: iso(range.to), version, total, providers }
}

/** The part of a range that is over, this moment included: what is still to come can be in no record. */
export function pastRange({ clock }: Engine, { from, to }: { from: string; to: string }) {
  const begin = Date.parse(from)
  return { from: begin, to: Math.max(begin, Math.min(Date.parse(to), clock.now() + 1)) }
}

/** The providers to replay. */
export function entriesIn(fleet: Fleet, providerId: string | undefined): ProviderEntry[] {
  if (providerId === undefined) return [...fleet.entries.values()]
  const entry = fleet.entries.get(providerId)
  if (entry !== undefined) return [entry]
  const fields = [{ path: 'providerId', message: `there is no provider "${providerId}"` }]
  throw new AppError('invalid_input', 'The provider to replay is unknown.', { fields })
}

/** How the replay of one of several providers is followed. */
export const progressOf = (
  { signal, onProgress }: ReplayWatch,
  { index, of }: { index: number; of: number },
) => ({
  signal,
  onProgress: (share: number) => onProgress?.(Math.floor((index + share) * PIECES), of * PIECES),
})

import type { Author } from '#lib/domain/access/author.ts'
import type { Thresholds } from '#lib/contract/settings.ts'
import { thresholdsOf } from '#lib/contract/thresholds-of.ts'
import { putSettingsInForce } from './configure-provider.ts'
import type { Engine } from './engine.ts'
import type { SettingsRecord } from './records.ts'

/** Whether thresholds say nothing: every field inherits. */
const isInheriting = (thresholds: Thresholds) =>
  [thresholds.monitor, thresholds.health, thresholds.breaker].every((group) =>
    Object.values(group ?? {}).every((value) => value === null || value === undefined),
  )

/**
 * Puts a provider's own thresholds in force as a new version of the settings (null: takes them away). Returns the
 * versions to commit: one, or none where nothing changes.
 */
export function withThresholds(
  { fleet, clock }: Pick<Engine, 'fleet' | 'clock'>,
  {
    id,
    thresholds,
    author,
    reason,
  }: { id: string; thresholds: Thresholds | null; author: Author; reason: string },
): SettingsRecord[] {
  const { settings, version } = fleet.settings
  const after = thresholds === null || isInheriting(thresholds) ? {} : thresholds
  if (JSON.stringify(thresholdsOf(settings, id)) === JSON.stringify(after)) return []
  const others = Object.entries(settings.providers).filter(([each]) => each !== id)
  const providers = Object.fromEntries(isInheriting(after) ? others : [...others, [id, after]])
  const record = {
    version: version + 1,
    at: clock.now(),
    actor: author.actor,
    reason,
    settings: { ...settings, providers },
  }
  putSettingsInForce(fleet, record)
  return [record]
}

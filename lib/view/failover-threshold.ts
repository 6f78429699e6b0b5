import type { Settings } from '#lib/contract/settings.ts'
import { thresholdsOf } from '#lib/contract/thresholds-of.ts'

/** The success rate below which each provider fails over, 0..1; null while the settings are not known. */
export const failoverThresholds =
  (settings: Settings | null) =>
  (providerId: string): number | null =>
    settings === null
      ? null
      : (thresholdsOf(settings, providerId).health?.failoverThreshold ?? settings.health.failoverThreshold)

import type { Settings } from '#lib/contract/settings.ts'
import { thresholdsOf } from '#lib/contract/thresholds-of.ts'

/** How many trials must succeed to close each provider's circuits; null while the settings are not known. */
export const successThresholds =
  (settings: Settings | null) =>
  (providerId: string): number | null =>
    settings === null
      ? null
      : (thresholdsOf(settings, providerId).breaker?.successThreshold ?? settings.breaker.successThreshold)

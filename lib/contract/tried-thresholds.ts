import { parseDuration } from './duration.ts'
import type { TriedThresholds } from './preview.ts'
import { crossFieldErrors, mergeThresholds, type Settings } from './settings.ts'
import { thresholdsOf } from './thresholds-of.ts'

/**
 * The settings with a tried combination as the defaults, or as one provider's own; every other provider's own values
 * stay. A circuit may stay open at least as long as the combination says.
 */
export function withThresholds(settings: Settings, tried: TriedThresholds, providerId?: string): Settings {
  if (providerId === undefined)
    return { ...settings, breaker: { ...settings.breaker, ...laidOver(settings.breaker, tried) } }
  const own = thresholdsOf(settings, providerId)
  const { breaker } = mergeThresholds(settings, own)
  return {
    ...settings,
    providers: {
      ...settings.providers,
      [providerId]: { ...own, breaker: { ...own.breaker, ...laidOver(breaker, tried) } },
    },
  }
}

// Named one by one: whoever has more than a combination may give it, too.
function laidOver(
  { maxOpen }: Settings['breaker'],
  { failureThreshold, failureRate, window, recoveryTimeout }: TriedThresholds,
): Partial<Settings['breaker']> & TriedThresholds {
  const isTooShort = (parseDuration(maxOpen) ?? 0) < (parseDuration(recoveryTimeout) ?? 0)
  const four = { failureThreshold, failureRate, window, recoveryTimeout }
  return isTooShort ? { ...four, maxOpen: recoveryTimeout } : four
}

/** Whether the fields of the defaults and of every provider go together, so that such settings can be saved. */
export const fitsTogether = (settings: Settings): boolean =>
  [{}, ...Object.values(settings.providers)].every(
    (own) => crossFieldErrors(mergeThresholds(settings, own)).length === 0,
  )

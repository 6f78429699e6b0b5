import type { Transition } from '#lib/domain/circuit.ts'
import type { TransitionEntry } from '#lib/services/records.ts'
import type { Outage } from './weather.ts'

const FAILURES = 5

/** The transitions of a provider's outages: it opens at the fifth failure, and closes after the outage. */
export function openingsOf(
  providerId: string,
  outages: readonly Outage[],
  intervalMs: number,
): TransitionEntry[] {
  let generation = 0
  return outages.flatMap(({ from, to }, place) => {
    const opensAt = Math.round(from + (FAILURES - 1) * intervalMs)
    if (opensAt >= to) return []
    const closesAt = Math.round(to) + 10_000
    const entry = (transition: Omit<Transition, 'evidence' | 'actor' | 'reason' | 'generation'>) => {
      generation += 1
      return {
        providerId,
        model: null,
        id: `${providerId}-${String(place).padStart(4, '0')}-${generation}`,
        transition: {
          ...transition,
          evidence: {
            calls: FAILURES,
            failures: FAILURES,
            slow: 0,
            consecutiveFailures: FAILURES,
            lastErrors: ['503 service unavailable'],
          },
          actor: 'switchyard',
          reason: null,
          generation,
        },
      }
    }
    const retryAt = closesAt - 5_000
    return [
      entry({ from: 'closed', to: 'open', at: opensAt, cause: 'consecutive_failures', retryAt }),
      entry({ from: 'open', to: 'half_open', at: retryAt, cause: 'recovery_timeout', retryAt: null }),
      entry({ from: 'half_open', to: 'closed', at: closesAt, cause: 'trial_succeeded', retryAt: null }),
    ]
  })
}

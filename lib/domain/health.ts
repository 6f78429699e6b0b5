import type { OutcomeSource } from './outcome.ts'
import type { HealthPolicy } from './policy.ts'

export const HEALTH_STATUSES = ['unknown', 'healthy', 'degraded', 'unhealthy'] as const
export type HealthStatus = (typeof HEALTH_STATUSES)[number]

/** How one source's calls have been going: how many in a row ended the same way. */
export type SourceRun = {
  consecutiveFailures: number
  consecutiveSuccesses: number
  lastAt: number | null
}

/** What is known of a provider's health apart from its latest status; kept over a restart. */
export type HealthAverages = {
  status: HealthStatus
  /** One line of facts: "3 failures in a row: connect refused". */
  reason: string
  /** Since when the status holds, epoch ms. */
  since: number
  /** Moving average of successes, 1 before the first sample. */
  successRate: number
  /** How many samples the success rate has seen. */
  samples: number
  /** Moving average of successes' latency in ms; null before the first. */
  averageLatencyMs: number | null
  active: SourceRun
  passive: SourceRun
  /** Successes since the last failure, checks and traffic together: what leads out of unhealthy. */
  successesInRow: number
  /** Set by a credentials failure, until a success. */
  credentialsFailed: boolean
  /** The newest failure in words; null after a success. */
  lastError: string | null
}

/** One piece of evidence about a provider: a counted check, or a second of its traffic. */
export type HealthSample = {
  source: OutcomeSource
  verdict: 'success' | 'failure'
  /** Whether the failure was one of credentials; false for a success. */
  credentials: boolean
  /** Null when nothing was measured; of no account in a failure. */
  latencyMs: number | null
  /** When the call ended, epoch ms. */
  at: number
  /** A failure in words; null for a success. */
  error: string | null
}

/** The reason of a provider that has not been seen. */
export const NOT_CHECKED_YET = 'not checked yet'

const UNSEEN: SourceRun = { consecutiveFailures: 0, consecutiveSuccesses: 0, lastAt: null }

/** The health of a provider that is new, or has a new key, kind or base URL, as of `at` (epoch ms). */
export const newHealth = (at: number): HealthAverages => ({
  status: 'unknown',
  reason: NOT_CHECKED_YET,
  since: at,
  successRate: 1,
  samples: 0,
  averageLatencyMs: null,
  active: UNSEEN,
  passive: UNSEEN,
  successesInRow: 0,
  credentialsFailed: false,
  lastError: null,
})

/** The averages and runs with one more sample in them; the status is left for `judgeHealth` to set. */
export function observeHealth(
  health: HealthAverages,
  sample: HealthSample,
  policy: Pick<HealthPolicy, 'latencyAlpha' | 'successAlpha'>,
): HealthAverages {
  const failed = sample.verdict === 'failure'
  const kept = (1 - policy.successAlpha) * health.successRate
  return {
    ...health,
    successRate: failed ? kept : kept + policy.successAlpha,
    samples: health.samples + 1,
    // A fast refusal must not look like a fast provider.
    averageLatencyMs: failed ? health.averageLatencyMs : mixLatency(health, sample.latencyMs, policy),
    [sample.source]: extendRun(health[sample.source], failed, sample.at),
    successesInRow: failed ? 0 : health.successesInRow + 1,
    credentialsFailed: failed && (health.credentialsFailed || sample.credentials),
    lastError: failed ? sample.error : null,
  }
}

/** Whether health lets requests through: all but unhealthy, so also a provider never seen. */
export const isEligibleByHealth = (health: Pick<HealthAverages, 'status'>): boolean =>
  health.status !== 'unhealthy'

/** Consecutive failures as the status counts them: the worse of checks and traffic. */
export const consecutiveFailures = ({
  active,
  passive,
}: Pick<HealthAverages, 'active' | 'passive'>): number =>
  Math.max(active.consecutiveFailures, passive.consecutiveFailures)

function mixLatency(
  { averageLatencyMs }: HealthAverages,
  latencyMs: number | null,
  { latencyAlpha }: Pick<HealthPolicy, 'latencyAlpha'>,
): number | null {
  if (latencyMs === null) return averageLatencyMs
  if (averageLatencyMs === null) return latencyMs
  return (1 - latencyAlpha) * averageLatencyMs + latencyAlpha * latencyMs
}

function extendRun(run: SourceRun, failed: boolean, at: number): SourceRun {
  return {
    consecutiveFailures: failed ? run.consecutiveFailures + 1 : 0,
    consecutiveSuccesses: failed ? 0 : run.consecutiveSuccesses + 1,
    lastAt: run.lastAt === null ? at : Math.max(run.lastAt, at),
  }
}

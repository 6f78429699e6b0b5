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
  /** Set by a credentials failure, until a success. */
  credentialsFailed: boolean
  /** The newest failure in words; null after a success. */
  lastError: string | null
}

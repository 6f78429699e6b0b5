/** When and how a provider is checked. Durations in ms. */
export type MonitorPolicy = { intervalMs: number; timeoutMs: number }

/** How samples become a status. Rates 0..1, durations in ms. */
export type HealthPolicy = {
  failoverThreshold: number
  unhealthyAfter: number
  healthyAfter: number
  degradedSuccessRate: number
  degradedLatencyMs: number
  minSamples: number
  latencyAlpha: number
  successAlpha: number
}

/** When a circuit opens, how long it stays open, and how it closes again. Rates 0..1, durations in ms. */
export type BreakerPolicy = {
  failureThreshold: number
  recoveryTimeoutMs: number
  halfOpenMaxCalls: number
  successThreshold: number
  windowMs: number
  minCalls: number
  failureRate: number
  /** Calls slower than this are slow; null: latency alone never opens. */
  slowCallMs: number | null
  slowCallRate: number
  openGrowth: number
  maxOpenMs: number
  openJitter: number
  quietResetMs: number
  trialTimeoutMs: number
  rampUpMs: number
  rampStart: number
}

/** Everything that decides about one provider, its overrides merged over the settings. */
export type Policies = { monitor: MonitorPolicy; health: HealthPolicy; breaker: BreakerPolicy }

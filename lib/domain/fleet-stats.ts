import type { HealthStatus } from './health.ts'

/** How the fleet stands; disabled providers are in none of the figures. */
export type FleetStats = {
  totalProviders: number
  healthyProviders: number
  degradedProviders: number
  unhealthyProviders: number
  unknownProviders: number
  /** Mean of the providers' average latencies in ms, over those that have one; null when none has. */
  averageLatencyMs: number | null
}

/** The statistics over all enabled providers. */
export function fleetStats(
  rows: Iterable<{ enabled: boolean; status: HealthStatus; averageLatencyMs: number | null }>,
): FleetStats {
  const byStatus: Record<HealthStatus, number> = { unknown: 0, healthy: 0, degraded: 0, unhealthy: 0 }
  let latencySumMs = 0
  let withLatency = 0
  for (const { enabled, status, averageLatencyMs } of rows) {
    if (!enabled) continue
    byStatus[status] += 1
    if (averageLatencyMs === null) continue
    latencySumMs += averageLatencyMs
    withLatency += 1
  }
  return {
    totalProviders: byStatus.unknown + byStatus.healthy + byStatus.degraded + byStatus.unhealthy,
    healthyProviders: byStatus.healthy,
    degradedProviders: byStatus.degraded,
    unhealthyProviders: byStatus.unhealthy,
    unknownProviders: byStatus.unknown,
    averageLatencyMs: withLatency === 0 ? null : latencySumMs / withLatency,
  }
}

import type { ProviderRow } from '#lib/contract/monitor.ts'
import { effectiveState } from '#lib/domain/breaker.ts'
import type { Circuit } from '#lib/domain/circuit.ts'
import { consecutiveFailures } from '#lib/domain/health.ts'
import type { TrafficVolume } from '#lib/domain/last-hour.ts'
import type { ProviderEntry } from '../provider-entry.ts'
import { presentOverride } from './event.ts'
import { presentRecent } from './recent.ts'
import { iso, isoOrNull } from './time.ts'

/** What of a row is not the provider's own: the time, its next check, and the whole fleet's traffic. */
export type RowContext = { now: number; nextCheckAt: number | null; fleetTraffic: TrafficVolume }

/** A provider as lists and the stream show it; its circuits must be brought to `now`. */
export function presentRow(
  entry: ProviderEntry,
  { now, nextCheckAt, fleetTraffic }: RowContext,
): ProviderRow {
  const { provider, health, policies } = entry
  const figures = entry.hour.figures(now)
  const volume = entry.hour.trafficVolume(now)
  const lastCheck = entry.recent.last()
  return {
    id: provider.id,
    name: provider.name,
    kind: provider.kind,
    enabled: provider.enabled,
    region: provider.region,
    tags: [...provider.tags],
    status: health.status,
    statusReason: health.reason,
    since: iso(health.since),
    consecutiveFailures: consecutiveFailures(health),
    averageLatencyMs: rounded(health.averageLatencyMs),
    successRate: health.successRate,
    samples: health.samples,
    lastHour: {
      ...figures,
      p50Ms: rounded(figures.p50Ms),
      p95Ms: rounded(figures.p95Ms),
      share: shareOf(volume.lastHour, fleetTraffic.lastHour),
      earlierShare: shareOf(volume.hourBefore, fleetTraffic.hourBefore),
    },
    lastCheckAt: isoOrNull(entry.lastCheckAt),
    nextCheckAt: isoOrNull(nextCheckAt),
    lastResult: lastCheck && presentRecent(lastCheck),
    intervalMs: policies.monitor.intervalMs,
    timeoutMs: policies.monitor.timeoutMs,
    minSamples: policies.health.minSamples,
    circuit: presentHold(entry.own.circuit),
    openModels: [...entry.models.values()].filter(({ circuit }) => circuit.state !== 'closed').length,
    heldModels: presentHeldModels(entry),
  }
}

const shareOf = (part: number, whole: number) => (whole === 0 ? null : part / whole)
const rounded = (ms: number | null) => (ms === null ? null : Math.round(ms * 10) / 10)

function presentHeldModels({ models }: ProviderEntry): ProviderRow['heldModels'] {
  let count = 0
  let until = Number.POSITIVE_INFINITY
  for (const { circuit } of models.values()) {
    if (circuit.override === null) continue
    count += 1
    until = Math.min(until, circuit.override.until)
  }
  return count === 0 ? null : { count, until: iso(until) }
}

function presentHold(circuit: Circuit): ProviderRow['circuit'] {
  const { override } = circuit
  return {
    state: circuit.state,
    effective: effectiveState(circuit),
    override: override && withoutSince(presentOverride(override)),
    until: isoOrNull(circuit.cooling?.until ?? circuit.retryAt),
  }
}

const withoutSince = ({ mode, actor, reason, until }: ReturnType<typeof presentOverride>) => ({
  mode,
  actor,
  reason,
  until,
})

import { policiesOf } from '#lib/contract/policies.ts'
import type { Settings, Thresholds } from '#lib/contract/settings.ts'
import { thresholdsOf } from '#lib/contract/thresholds-of.ts'
import { newHealth, type HealthAverages } from '#lib/domain/health.ts'
import { newLastHour, type LastHour } from '#lib/domain/last-hour.ts'
import type { PeakEwma } from '#lib/domain/peak-ewma.ts'
import type { Policies } from '#lib/domain/policy.ts'
import type { Provider } from '#lib/domain/provider.ts'
import { newSlidingLatency, type SlidingLatency } from '#lib/domain/sliding-latency.ts'
import { newTrafficSample, type TrafficSample } from '#lib/domain/traffic-sample.ts'
import { newSlot, type CircuitSlot } from './circuit-slot.ts'
import { ProviderCounts } from './metrics/provider-counts.ts'
import { RecentChecks } from './recent-checks.ts'
import type { CheckRecord, StoredHealth } from './records.ts'

/** Everything that is live about one provider. */
export type ProviderEntry = {
  provider: Provider
  thresholds: Thresholds
  policies: Policies
  health: HealthAverages
  own: CircuitSlot
  models: Map<string, CircuitSlot>
  /** Latency of successes in the last five minutes. */
  latency: SlidingLatency
  hour: LastHour
  /** What only ever grows, for metrics. */
  counts: ProviderCounts
  traffic: TrafficSample
  /** What strips draw of the last checks. */
  recent: RecentChecks
  lastCheck: CheckRecord | null
  lastCheckAt: number | null
  /** Checks under way. */
  inFlight: number
  /** Requests under way, of all routes. */
  calls: number
  /** How long its answers to requests take; null before the first. */
  peakEwma: PeakEwma | null
  /** The 95th percentile of `latency` and when it was worked out; null before that. */
  p95: { at: number; ms: number | null } | null
  /** Since when every check failed to look up or connect to its host; null while it is reached. */
  unreachedSince: number | null
  /** Why our own policy refused the last call, and how long traffic is kept away for it; null when it did not. */
  refusal: { reason: string; until: number } | null
  /** What completion probes spent on one UTC day. */
  spent: StoredHealth['spent']
  /** Rises when base URL, kind or key change: results of calls to the old one are dropped. */
  epoch: number
}

/** A provider that nothing is known about yet. */
export function newEntry(provider: Provider, settings: Settings, at: number): ProviderEntry {
  const thresholds = thresholdsOf(settings, provider.id)
  return {
    provider,
    thresholds,
    policies: policiesOf(settings, thresholds),
    health: newHealth(at),
    own: newSlot({ providerId: provider.id, model: null }, at),
    models: new Map(),
    latency: newSlidingLatency(),
    hour: newLastHour(),
    counts: new ProviderCounts(),
    traffic: newTrafficSample(),
    recent: new RecentChecks(),
    lastCheck: null,
    lastCheckAt: null,
    inFlight: 0,
    calls: 0,
    peakEwma: null,
    p95: null,
    unreachedSince: null,
    refusal: null,
    spent: null,
    epoch: 0,
  }
}

/** Adds a check to those kept at hand. */
export function rememberCheck(entry: ProviderEntry, check: CheckRecord): void {
  entry.recent.remember(check)
  entry.lastCheck = check
  entry.lastCheckAt = check.at
}

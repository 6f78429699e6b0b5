import { observeHealth, type HealthSample } from '#lib/domain/health.ts'
import { judgeHealth } from '#lib/domain/judge-health.ts'
import type { Fleet } from './fleet.ts'
import type { ProviderEntry } from './provider-entry.ts'

/** Takes a sample into the provider's averages and judges it anew. */
export function takeSample(fleet: Fleet, entry: ProviderEntry, sample: HealthSample): void {
  entry.health = observeHealth(entry.health, sample, entry.policies.health)
  judgeProvider(fleet, entry, sample.verdict)
}

/** Judges the provider's status as things stand; `verdict` is that of the sample that asks for it, or null. */
export function judgeProvider(
  fleet: Fleet,
  entry: ProviderEntry,
  verdict: HealthSample['verdict'] | null,
): void {
  const now = fleet.clock.now()
  const { health, monitor } = entry.policies
  entry.health = judgeHealth(
    entry.health,
    {
      now,
      enabled: entry.provider.enabled,
      verdict,
      coolingUntil: entry.own.circuit.cooling?.until ?? null,
      p95Ms: entry.latency.p95(now),
      latencySamples: entry.latency.samples(now),
      intervalMs: monitor.intervalMs,
      refusal: entry.refusal?.reason ?? null,
    },
    health,
  )
  fleet.unsavedHealth.add(entry.provider.id)
}

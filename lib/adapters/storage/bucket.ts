import type { Bucket } from '#lib/contract/check.ts'
import { healthVerdict, type OutcomeClass } from '#lib/domain/outcome.ts'
import { iso } from '#lib/services/present/time.ts'

/** What one bucket holds: how many outcomes of each class, and the latencies of the successes in ms. */
export type BucketContent = {
  at: number
  byClass: Partial<Record<OutcomeClass, number>>
  latencies: Float64Array
}

/** The smallest measured value that at least `share` of the values do not exceed (nearest rank). */
const percentile = (sorted: Float64Array, share: number) =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0

function latencyOf(latencies: Float64Array): Bucket['latency'] {
  if (latencies.length === 0) return null
  const sorted = latencies.toSorted()
  const sum = sorted.reduce((total, ms) => total + ms, 0)
  return {
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    avg: Math.round((sum / sorted.length) * 10) / 10,
    max: percentile(sorted, 1),
  }
}

/** A bucket's exact figures; calls slower than `slowMs` are slow, none when it is null. */
export function summarize({ at, byClass, latencies }: BucketContent, slowMs: number | null): Bucket {
  const counts = Object.entries(byClass) as [OutcomeClass, number][]
  const countWhere = (keep: (outcomeClass: OutcomeClass) => boolean) =>
    counts.reduce((sum, [outcomeClass, count]) => (keep(outcomeClass) ? sum + count : sum), 0)
  const ok = countWhere((outcomeClass) => healthVerdict(outcomeClass) === 'success')
  const counted = countWhere((outcomeClass) => healthVerdict(outcomeClass) !== 'none')
  return {
    at: iso(at),
    count: countWhere(() => true),
    ok,
    slow: slowMs === null ? 0 : latencies.reduce((slow, ms) => (ms > slowMs ? slow + 1 : slow), 0),
    byClass,
    latency: latencyOf(latencies),
    successRate: counted === 0 ? null : ok / counted,
  }
}

import type { Bucket } from '#lib/contract/check.ts'
import { quantile } from '#lib/domain/histogram.ts'
import { healthVerdict, type OutcomeClass } from '#lib/domain/outcome.ts'
import type { Tally } from '#lib/domain/tally.ts'
import { iso } from '#lib/services/present/time.ts'

/** Four digits say what is known within 2 %, and keep the answer short. */
const rounded = (ms: number) => Number(ms.toPrecision(4))

function latencyOf({ latencies, latencySumTenths }: Tally): Bucket['latency'] {
  if (latencies.count === 0) return null
  const percentile = (share: number) => rounded(quantile(latencies, share) ?? 0)
  return {
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
    avg: Math.round(latencySumTenths / latencies.count) / 10,
    max: Math.round(latencies.max * 10) / 10,
  }
}

/** The bucket that begins at `at` as the wire shows it. */
export function bucketOf(at: number, tally: Tally): Bucket {
  const counts = Object.entries(tally.byClass) as [OutcomeClass, number][]
  const countWhere = (keep: (outcomeClass: OutcomeClass) => boolean) =>
    counts.reduce((sum, [outcomeClass, count]) => (keep(outcomeClass) ? sum + count : sum), 0)
  const ok = countWhere((outcomeClass) => healthVerdict(outcomeClass) === 'success')
  const counted = countWhere((outcomeClass) => healthVerdict(outcomeClass) !== 'none')
  return {
    at: iso(at),
    count: countWhere(() => true),
    ok,
    slow: tally.slow,
    byClass: tally.byClass,
    latency: latencyOf(tally),
    successRate: counted === 0 ? null : ok / counted,
  }
}

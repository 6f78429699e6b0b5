import type { Bucket } from '#lib/contract/check.ts'
import { healthVerdict, type OutcomeClass } from '#lib/domain/outcome.ts'
import { iso } from '#lib/services/present/time.ts'

/** What one bucket holds: how many outcomes of each class, and the latencies of the successes in ms. */
export type BucketContent = {
  at: number
  byClass: Partial<Record<OutcomeClass, number>>
  latencies: Float64Array
  /** How many calls each latency stands for; null: one each. */
  weights: Float64Array | null
}

type Latencies = Pick<BucketContent, 'latencies' | 'weights'>

/** Latencies in order: how many calls they stand for, and which one has a rank among those. */
type Ranking = { total: number; at: (rank: number) => number }

function rankingOf({ latencies, weights }: Latencies): Ranking {
  if (weights === null) {
    const sorted = latencies.toSorted()
    return { total: sorted.length, at: (rank) => sorted[rank - 1] ?? 0 }
  }
  const order = Array.from(latencies.keys()).sort((a, b) => (latencies[a] ?? 0) - (latencies[b] ?? 0))
  let total = 0
  const lastRanks = order.map((place) => (total += weights[place] ?? 0))
  return {
    total,
    at: (rank) => latencies[order[lastRanks.findIndex((last) => last >= rank)] ?? 0] ?? 0,
  }
}

const sumOf = ({ latencies, weights }: Latencies, value: (ms: number) => number) =>
  latencies.reduce((sum, ms, place) => sum + value(ms) * (weights?.[place] ?? 1), 0)

function latencyOf(content: Latencies): Bucket['latency'] {
  if (content.latencies.length === 0) return null
  const { total, at } = rankingOf(content)
  /** The smallest measured value that at least `share` of the values do not exceed (nearest rank). */
  const percentile = (share: number) => at(Math.max(1, Math.ceil(total * share)))
  return {
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
    avg: Math.round((sumOf(content, (ms) => ms) / total) * 10) / 10,
    max: percentile(1),
  }
}

/** A bucket's exact figures; calls slower than `slowMs` are slow, none when it is null. */
export function summarize({ at, byClass, ...latencies }: BucketContent, slowMs: number | null): Bucket {
  const counts = Object.entries(byClass) as [OutcomeClass, number][]
  const countWhere = (keep: (outcomeClass: OutcomeClass) => boolean) =>
    counts.reduce((sum, [outcomeClass, count]) => (keep(outcomeClass) ? sum + count : sum), 0)
  const ok = countWhere((outcomeClass) => healthVerdict(outcomeClass) === 'success')
  const counted = countWhere((outcomeClass) => healthVerdict(outcomeClass) !== 'none')
  return {
    at: iso(at),
    count: countWhere(() => true),
    ok,
    slow: slowMs === null ? 0 : sumOf(latencies, (ms) => Number(ms > slowMs)),
    byClass,
    latency: latencyOf(latencies),
    successRate: counted === 0 ? null : ok / counted,
  }
}

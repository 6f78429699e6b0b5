import type { Bucket } from '#lib/contract/check.ts'
import { axisFromZero, type AxisScale } from './axis-scale.ts'
import { bucketLabels, type ChartTable, dotAt, withGhostColumn } from './chart-table.ts'
import { formatCount, formatMs } from './format.ts'
import type { Ghost } from './ghost-view.ts'
import { onGrid, type TimeGrid, withDottedTail } from './time-grid.ts'
import { momentWords } from './zoned-time.ts'

type Range = readonly [number, number]

/** One bucket of the latency chart, in ms; null where nothing succeeded. The dotted values are the unfinished bucket's. */
export type LatencyRow = {
  x: number
  p50: number | null
  p50Dotted: number | null
  p99: number | null
  p99Dotted: number | null
  band: Range | null
  bandDotted: Range | null
  /** What lies between two gaps, which no line can show: also the unfinished bucket's. */
  p50Dot: number | null
  p99Dot: number | null
  /** The period before. */
  ghostP50: number | null
  ghostP95: number | null
}

/** What latency is compared with: the limit above which it is degraded, ms, and the period before. */
export type LatencyLimits = { limitMs: number | null; ghost?: Ghost | null }

export type LatencyView = {
  rows: readonly LatencyRow[]
  scale: AxisScale
  /** The limit above which latency is degraded, ms; null when it lies so far above that drawing it would flatten the rest. */
  limitMs: number | null
  hasData: boolean
  summary: string
  table: ChartTable
}

/** Latency of successes: the median, the band up to p95, and p99, from 0; a bucket without success is a gap. */
export function latencyView(grid: TimeGrid, buckets: readonly Bucket[], limits: LatencyLimits): LatencyView {
  const { limitMs, ghost } = limits
  const slots = onGrid(grid, buckets)
  const latencies = slots.map((bucket) => bucket?.latency ?? null)
  const p50s = latencies.map((latency) => latency?.p50 ?? null)
  const p50 = withDottedTail(grid, p50s)
  const p99s = latencies.map((latency) => latency?.p99 ?? null)
  const p99 = withDottedTail(grid, p99s)
  const band = withDottedTail<Range>(
    grid,
    latencies.map((latency) => latency && [latency.p50, latency.p95]),
  )
  const peak = Math.max(
    0,
    ...latencies.map((latency) => latency?.p99 ?? 0),
    ...(ghost?.p95.map((p95) => p95 ?? 0) ?? []),
  )
  const isNear = limitMs !== null && limitMs <= peak * 2.5
  return {
    rows: grid.middles.map((x, i) => ({
      x,
      p50: p50.solid[i] ?? null,
      p50Dotted: p50.dotted[i] ?? null,
      p99: p99.solid[i] ?? null,
      p99Dotted: p99.dotted[i] ?? null,
      band: band.solid[i] ?? null,
      bandDotted: band.dotted[i] ?? null,
      p50Dot: dotAt(p50s, i),
      p99Dot: dotAt(p99s, i),
      ...ghostAt(ghost, i),
    })),
    scale: axisFromZero(isNear ? Math.max(peak, limitMs) : peak, 1),
    limitMs: isNear ? limitMs : null,
    hasData: latencies.some((latency) => latency !== null),
    summary: summaryOf(grid, slots, limitMs),
    table: withGhostColumn(
      tableOf(grid, slots),
      ghost,
      (before, i) => `${formatMs(before.p50[i] ?? null)} / ${formatMs(before.p95[i] ?? null)}`,
    ),
  }
}

const ghostAt = (ghost: Ghost | null | undefined, i: number) => ({
  ghostP50: ghost?.p50[i] ?? null,
  ghostP95: ghost?.p95[i] ?? null,
})

function summaryOf(grid: TimeGrid, slots: readonly (Bucket | null)[], limitMs: number | null): string {
  const measured = slots.flatMap((bucket) => (bucket?.latency ? [{ ...bucket.latency, at: bucket.at }] : []))
  const last = measured.at(-1)
  if (!last) return 'Latency: no call succeeded in this range.'
  const slowest = measured.reduce((worst, bucket) => (bucket.p95 > worst.p95 ? bucket : worst))
  const over = limitMs === null ? 0 : measured.filter(({ p95 }) => p95 > limitMs).length
  const facts = [
    `Latency: median ${formatMs(last.p50)} and p95 ${formatMs(last.p95)} lately`,
    `p95 highest at ${formatMs(slowest.p95)}, ${momentWords(Date.parse(slowest.at), grid.zone, false)}`,
    ...(over > 0 ? [`above ${formatMs(limitMs)} in ${over} of ${measured.length} buckets`] : []),
  ]
  return `${facts.join('; ')}.`
}

function tableOf(grid: TimeGrid, slots: readonly (Bucket | null)[]): ChartTable {
  const { heading, labels } = bucketLabels(grid)
  return {
    columns: [heading, 'p50', 'p95', 'p99', 'highest', 'successes'],
    rows: labels.map((label, i) => {
      const bucket = slots[i]
      const { p50, p95, p99, max } = bucket?.latency ?? { p50: null, p95: null, p99: null, max: null }
      return [label, ...[p50, p95, p99, max].map(formatMs), formatCount(bucket?.ok ?? 0)]
    }),
  }
}

import type { Bucket } from '#lib/contract/check.ts'
import type { AxisScale } from './axis-scale.ts'
import { bucketLabels, type ChartTable, dotAt, withGhostColumn } from './chart-table.ts'
import { formatCount, formatPercent, plural } from './format.ts'
import type { Ghost } from './ghost-view.ts'
import { onGrid, type TimeGrid, withDottedTail } from './time-grid.ts'

/**
 * One bucket of the success chart, in percent; null where nothing counted. `sure` repeats `rate` where enough calls
 * stand behind it; `rateDotted` is the unfinished bucket's.
 */
export type SuccessRow = {
  x: number
  rate: number | null
  rateDotted: number | null
  sure: number | null
  /** The rate where it lies between two gaps, which no line can show: also the unfinished bucket's. */
  dot: number | null
  /** The same where enough calls stand behind it. */
  sureDot: number | null
  /** The period before, in percent. */
  ghost: number | null
}

export type SuccessView = {
  rows: readonly SuccessRow[]
  /** Percent; `min` is above 0 only when all there is lies far above, and is then told in `axisWords`. */
  scale: AxisScale & { min: number }
  axisWords: string | null
  /** The failover threshold in percent. */
  thresholdPercent: number
  /** Counted over the whole range; `rate` is null below the samples needed. */
  total: { ok: number; counted: number; rate: number | null }
  /** How many buckets have a rate that too few calls stand behind. */
  unsureBuckets: number
  summary: string
  table: ChartTable
}

export type SuccessLimits = {
  failoverThreshold: number
  minSamples: number
  /** The period before, to compare with. */
  ghost?: Ghost | null
}

/** Calls of a bucket that say something about the provider. */
export const countedIn = ({ ok, byClass }: Pick<Bucket, 'ok' | 'byClass'>): number =>
  ok + (byClass.provider_error ?? 0) + (byClass.credentials ?? 0)

/** The counted success rate of each bucket against the failover threshold; silence is a gap and never 0 or 100 %. */
export function successView(grid: TimeGrid, buckets: readonly Bucket[], limits: SuccessLimits): SuccessView {
  const slots = onGrid(grid, buckets)
  const rates = slots.map((bucket) => (bucket?.successRate == null ? null : bucket.successRate * 100))
  const { solid, dotted } = withDottedTail(grid, rates)
  const sure = solid.map((rate, i) => {
    const bucket = slots[i]
    return bucket && countedIn(bucket) >= limits.minSamples ? rate : null
  })
  const total = totalOf(slots, limits)
  const thresholdPercent = limits.failoverThreshold * 100
  const ghost = limits.ghost?.rate.map((rate) => (rate === null ? null : rate * 100)) ?? []
  const lowest = Math.min(100, ...[...rates, ...ghost].filter((rate) => rate !== null))
  const min = axisStart(Math.min(lowest, thresholdPercent))
  return {
    rows: grid.middles.map((x, i) => ({
      x,
      rate: solid[i] ?? null,
      rateDotted: dotted[i] ?? null,
      sure: sure[i] ?? null,
      dot: dotAt(rates, i),
      sureDot: dotAt(sure, i),
      ghost: ghost[i] ?? null,
    })),
    scale: { min, max: 100, ticks: min === 0 ? [0, 50, 100] : [min, (min + 100) / 2, 100] },
    axisWords: min === 0 ? null : `axis from ${min} %`,
    thresholdPercent,
    total,
    unsureBuckets: solid.filter((rate, i) => rate !== null && sure[i] === null).length,
    summary: summaryOf(rates, total, limits),
    table: withGhostColumn(tableOf(grid, slots), limits.ghost, (before, i) =>
      formatPercent(before.rate[i] ?? null),
    ),
  }
}

/** The axis starts at 0 unless all there is to show lies in its upper part. */
const axisStart = (lowest: number) => [90, 50].find((start) => lowest > start) ?? 0

function totalOf(slots: readonly (Bucket | null)[], { minSamples }: SuccessLimits) {
  let ok = 0
  let counted = 0
  for (const bucket of slots) {
    ok += bucket?.ok ?? 0
    counted += bucket ? countedIn(bucket) : 0
  }
  return { ok, counted, rate: counted >= minSamples ? ok / counted : null }
}

function summaryOf(
  rates: readonly (number | null)[],
  { counted, rate }: SuccessView['total'],
  { failoverThreshold, minSamples, ghost }: SuccessLimits,
): string {
  if (counted === 0) return 'Success rate: nothing was counted in this range.'
  if (rate === null) return `Success rate: ${counted} of ${minSamples} samples, too few for a rate.`
  const measured = rates.filter((percent) => percent !== null)
  const below = measured.filter((percent) => percent < failoverThreshold * 100).length
  const place = below === 0 ? 'never below' : `in ${below} of ${plural(measured.length, 'bucket')} below`
  const lowest = formatPercent(Math.min(...measured) / 100)
  return `Success rate: ${formatPercent(rate)} of ${plural(counted, 'call')}, lowest ${lowest}, ${place} the threshold of ${formatPercent(failoverThreshold)}${ghostFact(ghost, minSamples)}.`
}

function ghostFact(ghost: Ghost | null | undefined, minSamples: number): string {
  if (!ghost) return ''
  const { ok, counted } = ghost.total
  if (counted < minSamples) return `; too few calls in ${ghost.words}`
  return `; ${formatPercent(ok / counted)} of ${plural(counted, 'call')} in ${ghost.words}`
}

function tableOf(grid: TimeGrid, slots: readonly (Bucket | null)[]): ChartTable {
  const { heading, labels } = bucketLabels(grid)
  return {
    columns: [heading, 'success', 'ok', 'counted'],
    rows: labels.map((label, i) => {
      const bucket = slots[i]
      const counted = bucket ? countedIn(bucket) : 0
      return [
        label,
        formatPercent(bucket?.successRate ?? null),
        formatCount(bucket?.ok ?? 0),
        formatCount(counted),
      ]
    }),
  }
}

import type { Bucket } from '#lib/contract/check.ts'
import { type CheckMark, checkMark } from './check-strip-view.ts'
import { bucketLabels, type ChartTable } from './chart-table.ts'
import { formatCount, plural } from './format.ts'
import { classCount } from './outcome-words.ts'
import { onGrid, type TimeGrid } from './time-grid.ts'
import { seriesOf } from './volume-view.ts'

/**
 * The checks of one bucket; `mark` is the worst of them, `share` how large a part of them it is, 0 to 1; `x` and
 * `width` are shares of the range.
 */
export type CheckTick = { x: number; width: number; mark: CheckMark; share: number }

export type CheckTicksView = {
  ticks: readonly CheckTick[]
  total: number
  summary: string
  table: ChartTable
}

const WORST_FIRST: readonly CheckMark[] = ['failed', 'limited', 'neutral', 'passed']

/** Our own checks on the page's time axis: one tick a bucket, none where no check was run. */
export function checkTicksView(grid: TimeGrid, active: readonly Bucket[]): CheckTicksView {
  const slots = onGrid(grid, active)
  const { heading, labels } = bucketLabels(grid)
  const width = 1 / slots.length
  const ticks = slots.flatMap((bucket, i): CheckTick[] => {
    if (!bucket || bucket.count === 0) return []
    return [{ x: i * width, width, ...worstOf(bucket) }]
  })
  const total = slots.reduce((sum, bucket) => sum + (bucket?.count ?? 0), 0)
  const series = seriesOf(slots)
  return {
    ticks,
    total,
    summary:
      total === 0
        ? 'Checks: none in this range.'
        : `${plural(total, 'check')}: ${series.map((one) => classCount(one.total, one.class)).join(', ')}.`,
    table: {
      columns: [heading, ...series.map(({ label }) => label), 'checks'],
      rows: labels.map((label, i) => [
        label,
        ...series.map((one) => formatCount(slots[i]?.byClass[one.class] ?? 0)),
        formatCount(slots[i]?.count ?? 0),
      ]),
    },
  }
}

function worstOf(bucket: Bucket): Pick<CheckTick, 'mark' | 'share'> {
  const counts = new Map<CheckMark, number>()
  for (const one of seriesOf([bucket])) {
    const mark = checkMark(one.class)
    counts.set(mark, (counts.get(mark) ?? 0) + one.total)
  }
  const mark = WORST_FIRST.find((candidate) => counts.has(candidate)) ?? 'neutral'
  return { mark, share: (counts.get(mark) ?? 0) / bucket.count }
}

import type { Bucket } from '#lib/contract/check.ts'
import { OUTCOME_CLASSES, type OutcomeClass } from '#lib/domain/outcome.ts'
import { axisFromZero, type AxisScale } from './axis-scale.ts'
import type { Box } from './chart-paths.ts'
import type { ChartPlace } from './chart-place.ts'
import { bucketLabels, type ChartTable, withGhostColumn } from './chart-table.ts'
import { formatCount, NOTHING, plural } from './format.ts'
import type { Ghost } from './ghost-view.ts'
import { classCount, CLASS_WORDS } from './outcome-words.ts'
import { onGrid, type TimeGrid } from './time-grid.ts'

/** One class in the stack, bottom first; its colour is the class's own, whatever else is drawn. */
export type VolumeSeries = { class: OutcomeClass; label: string; total: number }

/** One bucket: how many calls ended in each class, 0 where none did; `unfinished` is drawn lighter; `ghost` is the period before. */
export type VolumeRow = { x: number; unfinished: boolean; ghost: number | null } & Record<
  OutcomeClass,
  number
>

export type VolumeView = {
  rows: readonly VolumeRow[]
  series: readonly VolumeSeries[]
  scale: AxisScale
  total: number
  hasData: boolean
  summary: string
  table: ChartTable
}

/** Calls by how they ended. A count of nothing is nothing to draw, so an empty bucket is a gap by itself. */
export function volumeView(
  grid: TimeGrid,
  buckets: readonly Bucket[],
  ghost: Ghost | null = null,
): VolumeView {
  const slots = onGrid(grid, buckets)
  const series = seriesOf(slots)
  const total = series.reduce((sum, { total }) => sum + total, 0)
  return {
    rows: grid.middles.map((x, i) => ({
      x,
      unfinished: grid.unfinished !== null && i >= grid.unfinished,
      ghost: ghost?.count[i] ?? null,
      ...countsOf(slots[i] ?? null),
    })),
    series,
    scale: axisFromZero(
      Math.max(0, ...slots.map((bucket) => bucket?.count ?? 0), ...(ghost?.count.map((n) => n ?? 0) ?? [])),
      1,
    ),
    total,
    hasData: total > 0,
    summary: summaryOf(series, total, ghost),
    table: withGhostColumn(tableOf(grid, slots, series), ghost, (before, i) => {
      const count = before.count[i] ?? null
      return count === null ? NOTHING : formatCount(count)
    }),
  }
}

/** A single failure among thousands of calls must still be seen, px. */
const LEAST_HEIGHT = 1.5
/** Fewer bars than this stand apart, by this share of their width. */
const FEW_BARS = 200
const GAP = 0.1

type StackChoice = {
  class: OutcomeClass
  /** Of the buckets that have not ended, or of those that have. */
  unfinished: boolean
  resolutionMs: number
  place: ChartPlace
}

/** One class's boxes in the stack, as wide as their buckets, each on top of the classes before it. */
export function stackBoxes({ rows, series }: VolumeView, choice: StackChoice): Box[] {
  const { place, resolutionMs } = choice
  const below = series.slice(
    0,
    series.findIndex((one) => one.class === choice.class),
  )
  return rows.flatMap((row) => {
    const count = row[choice.class]
    if (count === 0 || row.unfinished !== choice.unfinished) return []
    const left = place.x(row.x - resolutionMs / 2)
    const right = place.x(row.x + resolutionMs / 2)
    const gap = rows.length < FEW_BARS ? (right - left) * GAP : 0
    const base = below.reduce((sum, one) => sum + row[one.class], 0)
    const bottom = place.y(base)
    const height = Math.max(LEAST_HEIGHT, bottom - place.y(base + count))
    return [{ x: left + gap / 2, y: bottom - height, width: right - left - gap, height }]
  })
}

/** The classes that occurred, in the domain's order, so that a class keeps its place in the stack. */
export function seriesOf(slots: readonly (Bucket | null)[]): VolumeSeries[] {
  return OUTCOME_CLASSES.map((outcomeClass) => ({
    class: outcomeClass,
    label: CLASS_WORDS[outcomeClass],
    total: slots.reduce((sum, bucket) => sum + (bucket?.byClass[outcomeClass] ?? 0), 0),
  })).filter(({ total }) => total > 0)
}

function countsOf(bucket: Bucket | null): Record<OutcomeClass, number> {
  const count = (outcomeClass: OutcomeClass) => bucket?.byClass[outcomeClass] ?? 0
  return {
    ok: count('ok'),
    provider_error: count('provider_error'),
    rate_limited: count('rate_limited'),
    credentials: count('credentials'),
    client_error: count('client_error'),
    cancelled: count('cancelled'),
    internal: count('internal'),
  }
}

function summaryOf(series: readonly VolumeSeries[], total: number, ghost: Ghost | null): string {
  if (total === 0) return 'Calls: none in this range.'
  const parts = series.map((one) => classCount(one.total, one.class))
  const before = ghost ? `; ${formatCount(ghost.total.calls)} in ${ghost.words}` : ''
  return `${plural(total, 'call')}: ${parts.join(', ')}${before}.`
}

function tableOf(
  grid: TimeGrid,
  slots: readonly (Bucket | null)[],
  series: readonly VolumeSeries[],
): ChartTable {
  const { heading, labels } = bucketLabels(grid)
  return {
    columns: [heading, ...series.map(({ label }) => label), 'all'],
    rows: labels.map((label, i) => {
      const bucket = slots[i] ?? null
      const counts = series.map((one) => formatCount(bucket?.byClass[one.class] ?? 0))
      return [label, ...counts, formatCount(bucket?.count ?? 0)]
    }),
  }
}

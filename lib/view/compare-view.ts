import type { Bucket, History } from '#lib/contract/check.ts'
import { axisFromZero, type AxisScale } from './axis-scale.ts'
import type { ChartFigures } from './chart-figures.ts'
import { bucketLabels, type ChartTable, dotAt } from './chart-table.ts'
import { METRIC_WORDS, type Metric } from './compare-choice.ts'
import { formatCount, formatMs, formatPercent, NOTHING } from './format.ts'
import { onGrid, timeGrid, type TimeGrid, withDottedTail } from './time-grid.ts'
import type { Zone } from './zoned-time.ts'

/** What a line is made of; `history` is null while it has not been read. */
export type CompareInput = { key: string; label: string; history: History | null }

/** One line of the chart. `place` gives its colour and dashes, and stays with the thing as others come and go after it. */
export type CompareSeries = {
  key: string
  label: string
  place: number
  /** The newest finished value, in words. */
  last: string
  hasData: boolean
}

/** One bucket; `values` and `dotted` have a value a series, null where nothing was measured. */
export type CompareRow = {
  x: number
  values: readonly (number | null)[]
  dotted: readonly (number | null)[]
  /** What lies between two gaps, which no line can show: also the unfinished bucket's. */
  dots: readonly (number | null)[]
}

export type CompareView = {
  rows: readonly CompareRow[]
  series: readonly CompareSeries[]
  scale: AxisScale & { min: number }
  /** Set when the axis does not begin at 0. */
  axisWords: string | null
  hasData: boolean
  summary: string
  table: ChartTable
}

const VALUES: Readonly<Record<Metric, (bucket: Bucket) => number | null>> = {
  success: ({ successRate }) => (successRate === null ? null : successRate * 100),
  p50: ({ latency }) => latency?.p50 ?? null,
  p95: ({ latency }) => latency?.p95 ?? null,
  p99: ({ latency }) => latency?.p99 ?? null,
  calls: ({ count }) => count,
}

/** A value of the metric with its unit. */
export function metricWords(metric: Metric, value: number | null): string {
  if (value === null) return NOTHING
  if (metric === 'success') return formatPercent(value / 100)
  return metric === 'calls' ? formatCount(value) : formatMs(value)
}

/** The buckets that all compared histories share; null while none has been read. */
export function compareGrid(inputs: readonly CompareInput[], zone: Zone): TimeGrid | null {
  const histories = inputs.flatMap(({ history }) => history ?? [])
  if (histories.length === 0) return null
  const to = Math.max(...histories.map((history) => Date.parse(history.to)))
  return timeGrid({
    from: Math.min(...histories.map(({ from }) => Date.parse(from))),
    to,
    resolutionMs: Math.max(...histories.map(({ resolutionMs }) => resolutionMs)),
    now: to,
    zone,
  })
}

/** One measure of several providers or models over the same buckets. */
export function compareView(grid: TimeGrid, inputs: readonly CompareInput[], metric: Metric): CompareView {
  const columns = inputs.map(({ history }) =>
    onGrid(grid, history?.buckets ?? []).map((bucket) => bucket && VALUES[metric](bucket)),
  )
  const lines = columns.map((values) => withDottedTail(grid, values))
  const measured = columns.flat().filter((value) => value !== null)
  const lasts = columns.map((values) => lastFinished(grid, values))
  const series = inputs.map(({ key, label }, place) => ({
    key,
    label,
    place,
    last: metricWords(metric, lasts[place] ?? null),
    hasData: columns[place]?.some((value) => value !== null) ?? false,
  }))
  const scale = scaleOf(metric, measured)
  return {
    rows: grid.middles.map((x, i) => ({
      x,
      values: lines.map(({ solid }) => solid[i] ?? null),
      dotted: lines.map(({ dotted }) => dotted[i] ?? null),
      dots: columns.map((values) => dotAt(values, i)),
    })),
    series,
    scale,
    axisWords: scale.min === 0 ? null : `axis from ${scale.min} %`,
    hasData: measured.length > 0,
    summary: summaryOf(series, lasts, metric),
    table: tableOf(grid, { series, columns, metric }),
  }
}

function scaleOf(metric: Metric, measured: readonly number[]): CompareView['scale'] {
  if (metric !== 'success') return { min: 0, ...axisFromZero(Math.max(0, ...measured), 1) }
  const lowest = Math.min(100, ...measured)
  const min = [90, 50].find((start) => lowest > start) ?? 0
  return { min, max: 100, ticks: min === 0 ? [0, 50, 100] : [min, (min + 100) / 2, 100] }
}

/** The newest value of a bucket that has ended; of the unfinished one only where there is no other. */
function lastFinished({ unfinished }: TimeGrid, values: readonly (number | null)[]): number | null {
  const finished = unfinished === null ? values : values.slice(0, unfinished)
  return finished.findLast((value) => value !== null) ?? values.findLast((value) => value !== null) ?? null
}

function summaryOf(
  series: readonly CompareSeries[],
  lasts: readonly (number | null)[],
  metric: Metric,
): string {
  const known = series
    .flatMap(({ label, last, place }) => {
      const value = lasts[place] ?? null
      return value === null ? [] : [{ label, last, value }]
    })
    .toSorted((a, b) => b.value - a.value)
  const [highest] = known
  const lowest = known.at(-1)
  const name = METRIC_WORDS[metric]
  if (!highest || !lowest) return `${name}: nothing was measured in this range.`
  if (known.length === 1) return `${name}: ${highest.label} at ${highest.last} lately.`
  const silent = series.length - known.length
  const rest = silent === 0 ? '' : `; nothing measured for ${silent} of ${series.length}`
  return `${name} lately: ${highest.label} highest at ${highest.last}, ${lowest.label} lowest at ${lowest.last}${rest}.`
}

type Columns = {
  series: readonly CompareSeries[]
  columns: readonly (readonly (number | null)[])[]
  metric: Metric
}

function tableOf(grid: TimeGrid, { series, columns, metric }: Columns): ChartTable {
  const { heading, labels } = bucketLabels(grid)
  return {
    columns: [heading, ...series.map(({ label }) => label)],
    rows: labels.map((label, i) => [
      label,
      ...columns.map((values) => metricWords(metric, values[i] ?? null)),
    ]),
  }
}

/** The comparison as plain numbers: a column a series; success as a rate of 0 to 1. */
export function compareFigures(
  grid: TimeGrid,
  inputs: readonly CompareInput[],
  metric: Metric,
): ChartFigures {
  const columns = inputs.map(({ history }) =>
    onGrid(grid, history?.buckets ?? []).map((bucket) => {
      if (bucket === null) return null
      return metric === 'success' ? bucket.successRate : VALUES[metric](bucket)
    }),
  )
  return {
    columns: ['from', ...inputs.map(({ key }) => key)],
    rows: grid.starts.map((start, i) => [
      new Date(start).toISOString(),
      ...columns.map((values) => values[i] ?? null),
    ]),
  }
}

import type { Bucket, History } from '#lib/contract/check.ts'
import type { ChartFigures } from './chart-figures.ts'
import type { ChartTable } from './chart-table.ts'
import { formatCount, formatMs, formatPercent, NOTHING, plural } from './format.ts'
import { countedIn } from './success-view.ts'
import type { TimeWindow } from './time-window.ts'
import { windowMs } from './time-window.ts'
import { clockTime, dayAndMonth } from './zoned-time.ts'

const QUARTER = 900_000
const DAY = 86_400_000
const WEEK_DAYS = 7
/** How many days the strip shows, at least and at most. */
const FEWEST_DAYS = 7
const MOST_DAYS = 28

/** How well a quarter of an hour went, best first; `none` where nothing was counted. */
export const HEAT_LEVELS = ['all', 'most', 'some', 'bad', 'none'] as const
export type HeatLevel = (typeof HEAT_LEVELS)[number]

/** A stretch of a day: a quarter of an hour, or more where no finer buckets are kept; `x` and `width` are shares of it. */
export type HeatCell = {
  from: number
  to: number
  x: number
  width: number
  level: HeatLevel
  /** In full, with its time: what is read out and shown. */
  label: string
}

/** One UTC day. */
export type HeatRow = { day: number; label: string; cells: readonly HeatCell[]; summary: string }

export type HeatView = {
  /** Newest day first. */
  rows: readonly HeatRow[]
  hasData: boolean
  summary: string
  table: ChartTable
}

export type HeatLimits = { failoverThreshold: number; degradedSuccessRate: number }

/** A part of the strip that is read at once: whole UTC days, of which the last may not be over. */
export type HeatPart = { from: number; to: number; points: number; isOver: boolean }

/** The days that the strip of a window shows, in parts of weeks, so that past ones are read once. */
export function heatParts(window: TimeWindow, now: number): HeatPart[] {
  const end = window.kind === 'live' ? now : Math.min(window.to, now)
  const lastDay = Math.floor((end - 1) / DAY)
  const days = Math.min(MOST_DAYS, Math.max(FEWEST_DAYS, Math.ceil(windowMs(window) / DAY)))
  const parts: HeatPart[] = []
  for (let day = lastDay - days + 1; day <= lastDay; day = weekAfter(day)) {
    const next = Math.min(weekAfter(day), lastDay + 1)
    // To the day's end also where that is still to come: only so are the buckets quarters of an hour.
    const points = (next - day) * (DAY / QUARTER)
    parts.push({ from: day * DAY, to: next * DAY, points, isOver: next * DAY < now })
  }
  return parts
}

const weekAfter = (day: number) => (Math.floor(day / WEEK_DAYS) + 1) * WEEK_DAYS

/** Success by quarters of an hour, a row a day, so that what comes back at the same hour stands in one column. */
export function heatView(
  parts: readonly { part: HeatPart; history: History | null }[],
  limits: HeatLimits,
  now: number,
): HeatView {
  const rows = parts.flatMap(({ part, history }) => {
    const width = Math.max(QUARTER, history?.resolutionMs ?? QUARTER)
    const buckets = bucketsByBegin(history, width)
    return Array.from({ length: (part.to - part.from) / DAY }, (_, i) =>
      rowOf(part.from + i * DAY, { width, buckets, limits, now }),
    )
  })
  const all = parts.flatMap(({ history }) => history?.buckets ?? [])
  return {
    rows: rows.toReversed(),
    hasData: all.some(({ count }) => count > 0),
    summary: summaryOf(rows),
    table: tableOf(rows, all),
  }
}

type Row = { width: number; buckets: ReadonlyMap<number, Bucket[]>; limits: HeatLimits; now: number }

const bucketsByBegin = (history: History | null, width: number) =>
  Map.groupBy(history?.buckets ?? [], ({ at }) => Math.floor(Date.parse(at) / width) * width)

function rowOf(day: number, { width, buckets, limits, now }: Row): HeatRow {
  const count = Math.ceil(Math.min(DAY, now - day) / width)
  const label = dayLabel(day)
  const cells = Array.from({ length: Math.max(0, count) }, (_, i): HeatCell => {
    const from = day + i * width
    const to = from + width
    const sum = sumOf(buckets.get(from) ?? [])
    return {
      from,
      to,
      x: (from - day) / DAY,
      width: width / DAY,
      level: levelOf(sum, limits),
      label: `${label} ${clockTime(from, 'UTC', false)} to ${clockTime(to, 'UTC', false)} UTC: ${sumWords(sum)}`,
    }
  })
  return { day, label, cells, summary: rowSummary(label, cells) }
}

type Sum = { calls: number; ok: number; counted: number; p95: number | null }

function sumOf(buckets: readonly Bucket[]): Sum {
  const sum: Sum = { calls: 0, ok: 0, counted: 0, p95: null }
  for (const bucket of buckets) {
    sum.calls += bucket.count
    sum.ok += bucket.ok
    sum.counted += countedIn(bucket)
    // Several buckets in one cell have no percentile of their own; one has.
    sum.p95 = buckets.length === 1 ? (bucket.latency?.p95 ?? null) : null
  }
  return sum
}

function levelOf({ ok, counted }: Sum, { failoverThreshold, degradedSuccessRate }: HeatLimits): HeatLevel {
  if (counted === 0) return 'none'
  const rate = ok / counted
  if (rate === 1) return 'all'
  if (rate >= degradedSuccessRate) return 'most'
  return rate >= failoverThreshold ? 'some' : 'bad'
}

function sumWords({ calls, ok, counted, p95 }: Sum): string {
  if (calls === 0) return 'no calls'
  if (counted === 0) return `${plural(calls, 'call')}, none of which counts`
  const latency = p95 === null ? '' : `, p95 ${formatMs(p95)}`
  return `${formatPercent(ok / counted)} of ${plural(counted, 'call')}${latency}`
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const dayLabel = (day: number) => `${WEEKDAYS[new Date(day).getUTCDay()] ?? ''} ${dayAndMonth(day, 'UTC')}`

const isBad = ({ level }: HeatCell) => level === 'bad' || level === 'some'

function rowSummary(label: string, cells: readonly HeatCell[]): string {
  const counted = cells.filter(({ level }) => level !== 'none')
  if (counted.length === 0) return `${label}: no calls.`
  const bad = cells.filter(isBad).length
  return `${label}: ${bad === 0 ? 'no bad stretch' : plural(bad, 'bad stretch', 'bad stretches')} of ${formatCount(counted.length)}.`
}

function summaryOf(rows: readonly HeatRow[]): string {
  const cells = rows.flatMap((row) => row.cells)
  const counted = cells.filter(({ level }) => level !== 'none')
  if (counted.length === 0) return `Success over ${plural(rows.length, 'day')}: no calls.`
  const bad = cells.filter(isBad)
  const worst = rows.toSorted((a, b) => b.cells.filter(isBad).length - a.cells.filter(isBad).length)[0]
  const place = bad.length === 0 || !worst ? '' : `, most of them on ${worst.label}`
  return `Success over ${plural(rows.length, 'day')}: ${formatCount(bad.length)} of ${plural(counted.length, 'stretch', 'stretches')} below what is good${place}.`
}

/** A line a day; the stretches themselves are in the file. */
function tableOf(rows: readonly HeatRow[], buckets: readonly Bucket[]): ChartTable {
  const byDay = Map.groupBy(buckets, ({ at }) => Math.floor(Date.parse(at) / DAY) * DAY)
  return {
    columns: ['Day (UTC)', 'success', 'counted', 'calls', 'bad stretches', 'worst stretch'],
    rows: rows.map(({ day, label, cells }) => {
      const sum = sumOf(byDay.get(day) ?? [])
      const worst = cells.find(({ level }) => level === 'bad') ?? cells.find(isBad)
      return [
        label,
        formatPercent(sum.counted === 0 ? null : sum.ok / sum.counted),
        formatCount(sum.counted),
        formatCount(sum.calls),
        formatCount(cells.filter(isBad).length),
        worst ? clockTime(worst.from, 'UTC', false) : NOTHING,
      ]
    }),
  }
}

/** The strip's stretches as plain numbers. */
export function heatFigures(histories: readonly (History | null)[]): ChartFigures {
  const buckets = histories.flatMap((history) => history?.buckets ?? [])
  return {
    columns: ['from', 'success_rate', 'ok', 'counted', 'calls'],
    rows: buckets.map((bucket) => [
      bucket.at,
      bucket.successRate,
      bucket.ok,
      countedIn(bucket),
      bucket.count,
    ]),
  }
}

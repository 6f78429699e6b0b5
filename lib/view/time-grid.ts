import { clockTime, dayAndMonth, monthAndYear, type Zone, zoneOffsetMs } from './zoned-time.ts'

const SECOND = 1_000
const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** More buckets than any chart has pixels; a grid never grows past it, whatever range and resolution say. */
export const MAX_BUCKETS = 2_000

/** One tick of the time axis. */
export type TimeTick = { at: number; label: string }

/**
 * The buckets that every chart of a page shares, empty ones included. `starts[i]` and `middles[i]` are epoch
 * ms; `unfinished` is the index of the first bucket that has not ended at `now`, null when all have.
 */
export type TimeGrid = {
  from: number
  to: number
  resolutionMs: number
  starts: readonly number[]
  middles: readonly number[]
  unfinished: number | null
  bucketWords: string
  ticks: readonly TimeTick[]
  zone: Zone
}

export type TimeGridInput = {
  from: number
  to: number
  resolutionMs: number
  now: number
  zone: Zone
  /** About how many ticks there is room for. */
  ticks?: number
}

/** The grid of buckets that covers `from` (included) to `to` (excluded); bucket starts are multiples of the resolution. */
export function timeGrid({ from, to, resolutionMs, now, zone, ticks = 6 }: TimeGridInput): TimeGrid {
  const width = usableWidth(to - from, resolutionMs)
  const first = Math.floor(from / width) * width
  const count = Math.max(1, Math.ceil((to - first) / width))
  const starts = Array.from({ length: count }, (_, i) => first + i * width)
  const unfinished = starts.findIndex((start) => start + width > now)
  return {
    from: first,
    to: first + count * width,
    resolutionMs: width,
    starts,
    middles: starts.map((start) => start + width / 2),
    unfinished: unfinished === -1 ? null : unfinished,
    bucketWords: bucketWords(width),
    ticks: timeTicks({ from: first, to: first + count * width, zone, about: ticks }),
    zone,
  }
}

function usableWidth(rangeMs: number, resolutionMs: number): number {
  const asked = resolutionMs > 0 ? resolutionMs : MINUTE
  const finest = Math.ceil(rangeMs / MAX_BUCKETS)
  return Math.max(asked, Math.ceil(finest / asked) * asked)
}

/** What was measured, put on the grid: null where a bucket is missing. Anything outside the grid is left out. */
export function onGrid<Measured extends { at: string }>(
  grid: TimeGrid,
  buckets: readonly Measured[],
): readonly (Measured | null)[] {
  const slots: (Measured | null)[] = grid.starts.map(() => null)
  for (const bucket of buckets) {
    const index = Math.floor((Date.parse(bucket.at) - grid.from) / grid.resolutionMs)
    if (index >= 0 && index < slots.length) slots[index] = bucket
  }
  return slots
}

/**
 * Splits values into a solid and a dotted series, so that the unfinished bucket is drawn dotted. The dotted one
 * starts at the last finished value, or the line would have a hole; both hold null everywhere else.
 */
export function withDottedTail<Value>(
  grid: Pick<TimeGrid, 'unfinished'>,
  values: readonly (Value | null)[],
): { solid: (Value | null)[]; dotted: (Value | null)[] } {
  const { unfinished } = grid
  if (unfinished === null) return { solid: [...values], dotted: values.map(() => null) }
  return {
    solid: values.map((value, i) => (i < unfinished ? value : null)),
    dotted: values.map((value, i) => (i >= unfinished - 1 ? value : null)),
  }
}

const UNITS = [
  [DAY, 'day'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [SECOND, 's'],
] as const

/** The size of a bucket in words: "1 min buckets"; day buckets say that they are UTC days. */
export function bucketWords(widthMs: number): string {
  const [size, unit] = UNITS.find(([size]) => widthMs % size === 0) ?? [1, 'ms']
  return unit === 'day' && widthMs === DAY ? '1 day buckets (UTC)' : `${widthMs / size} ${unit} buckets`
}

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14].map((n) => n * DAY),
]

/** Ticks at round times of the zone's clock, about as many as asked for and at least one where a round time fits. */
export function timeTicks(range: { from: number; to: number; zone: Zone; about: number }): TimeTick[] {
  const { from, to, zone, about } = range
  const step = STEPS.find((size) => (to - from) / size <= about)
  if (step === undefined) return monthTicks(range)
  const ticks: TimeTick[] = []
  let previous = Number.NEGATIVE_INFINITY
  for (
    let local = Math.ceil((from + zoneOffsetMs(from, zone)) / step) * step;
    local <= to + DAY;
    local += step
  ) {
    // The offset is asked for at the tick itself: across a change of the clocks it is not the range's first.
    const at = local - zoneOffsetMs(local - zoneOffsetMs(local, zone), zone)
    if (at >= from && at <= to && at > previous) {
      ticks.push({ at, label: tickLabel(at, step, zone) })
      previous = at
    }
  }
  return ticks
}

const MONTH = 30.4 * DAY
const MONTH_STEPS = [1, 2, 3, 6, 12] as const
const MOST_MONTH_TICKS = 50

/** Ticks at the first of a month, named with its year. */
function monthTicks({ from, to, zone, about }: { from: number; to: number; zone: Zone; about: number }) {
  const step = MONTH_STEPS.find((months) => (to - from) / (months * MONTH) <= about) ?? 12
  const first = new Date(from + zoneOffsetMs(from, zone))
  const ticks: TimeTick[] = []
  let month = Math.ceil(first.getUTCMonth() / step) * step
  for (let count = 0; count < MOST_MONTH_TICKS; count += 1, month += step) {
    const local = Date.UTC(first.getUTCFullYear(), month, 1)
    const at = local - zoneOffsetMs(local - zoneOffsetMs(local, zone), zone)
    if (!(at <= to)) break
    if (at >= from) ticks.push({ at, label: monthAndYear(at, zone) })
  }
  return ticks
}

function tickLabel(at: number, step: number, zone: Zone): string {
  const isMidnight = (at + zoneOffsetMs(at, zone)) % DAY === 0
  if (step >= DAY || isMidnight) return dayAndMonth(at, zone)
  return clockTime(at, zone, step < MINUTE)
}

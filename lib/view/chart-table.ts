import type { TimeGrid } from './time-grid.ts'
import { needsDay, zoneWords } from './format.ts'
import type { Ghost } from './ghost-view.ts'
import { clockTime, dayAndMonth, momentWords, type Zone } from './zoned-time.ts'

/** A chart as text: what its tooltip and its table show. One row a bucket, the bucket's begin first. */
export type ChartTable = { columns: readonly string[]; rows: readonly (readonly string[])[] }

const DAY = 86_400_000
/** Beyond this a day and month alone could be of two years. */
const ONE_YEAR = 360 * DAY

/** The table's first column: when each bucket begins, with its day where the range spans several; days are UTC. */
export function bucketLabels(grid: TimeGrid): { heading: string; labels: readonly string[] } {
  const isByDay = grid.resolutionMs >= DAY
  const zone = isByDay ? 'UTC' : grid.zone
  const label = bucketLabel(grid, zone)
  return {
    heading: isByDay ? 'Day (UTC)' : `From (${zoneWords(grid.from, zone)})`,
    labels: grid.starts.map((start, i) =>
      i === grid.unfinished ? `${label(start)}, unfinished` : label(start),
    ),
  }
}

function bucketLabel({ from, to, resolutionMs }: TimeGrid, zone: Zone): (start: number) => string {
  if (resolutionMs >= DAY) return (start) => `${dayAndMonth(start, zone)} ${yearOf(start)}`
  if (to - from >= ONE_YEAR)
    return (start) => `${momentWords(start, zone, true).slice(0, -3)} ${yearOf(start)}`
  if (needsDay(from, to)) return (start) => momentWords(start, zone, true).slice(0, -3)
  return (start) => clockTime(start, zone, resolutionMs % 60_000 !== 0)
}

const yearOf = (at: number) => new Date(at).getUTCFullYear()

/** A value that stands between two gaps, so that no line can show it and it needs a dot; null of every other. */
export const dotAt = (values: readonly (number | null)[], i: number): number | null =>
  (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null ? (values[i] ?? null) : null

/** The table with one more column for the period before, where there is one. */
export function withGhostColumn(
  table: ChartTable,
  ghost: Ghost | null | undefined,
  cell: (ghost: Ghost, i: number) => string,
): ChartTable {
  if (!ghost) return table
  return {
    columns: [...table.columns, ghost.words],
    rows: table.rows.map((row, i) => [...row, cell(ghost, i)]),
  }
}

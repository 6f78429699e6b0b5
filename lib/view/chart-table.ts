import type { TimeGrid } from './time-grid.ts'
import { needsDay, zoneWords } from './format.ts'
import { clockTime, momentWords } from './zoned-time.ts'

/** A chart as text: what its tooltip and its table show. One row a bucket, the bucket's begin first. */
export type ChartTable = { columns: readonly string[]; rows: readonly (readonly string[])[] }

/** The table's first column: when each bucket begins, with its day where the range spans several. */
export function bucketLabels(grid: TimeGrid): { heading: string; labels: readonly string[] } {
  const withDay = needsDay(grid.from, grid.to)
  const label = (start: number) => {
    if (withDay) return momentWords(start, grid.zone, true).slice(0, -3)
    return clockTime(start, grid.zone, grid.resolutionMs % 60_000 !== 0)
  }
  return {
    heading: `From (${zoneWords(grid.from, grid.zone)})`,
    labels: grid.starts.map((start, i) =>
      i === grid.unfinished ? `${label(start)}, unfinished` : label(start),
    ),
  }
}

/** Whether a value stands between two gaps, so that no line can show it and it needs a dot. */
export const standsAlone = (values: readonly unknown[], i: number): boolean =>
  (values[i] ?? null) !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null

import type { Bucket } from '#lib/contract/check.ts'
import { bucketFigures, type ChartFigures, FIGURE_COLUMNS, figuresFileName } from '#lib/view/chart-figures.ts'
import { zoneWords } from '#lib/view/format.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import type { LegendItem } from './legend.tsx'
import type { ChartFile } from './save-chart.tsx'

type Source = {
  /** Whose chart it is and what it shows: the file's name. */
  what: readonly string[]
  legend?: readonly LegendItem[]
}

/** A chart on a time grid as a file, from figures that are made when they are asked for. */
export function chartFile(
  grid: Pick<TimeGrid, 'from' | 'to' | 'ticks' | 'bucketWords' | 'zone'>,
  { what, legend = [] }: Source,
  figures: () => ChartFigures,
): ChartFile {
  const { from, to, ticks } = grid
  return {
    name: figuresFileName(what, grid),
    figures,
    words: {
      legend,
      ticks: ticks.map(({ at, label }) => ({ x: (at - from) / (to - from), label })),
      axisWords: `${grid.bucketWords} · ${zoneWords(from, grid.zone)}`,
    },
  }
}

/** The same for the buckets of a history. */
export const bucketFile = (
  grid: TimeGrid,
  source: Source & { columns: keyof typeof FIGURE_COLUMNS },
  buckets: readonly Bucket[],
): ChartFile => chartFile(grid, source, () => bucketFigures(grid, buckets, FIGURE_COLUMNS[source.columns]))

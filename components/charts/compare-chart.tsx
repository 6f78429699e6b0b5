import { memo, useCallback, useMemo } from 'react'
import { type Metric } from '#lib/view/compare-choice.ts'
import { type CompareRow, type CompareView, metricWords } from '#lib/view/compare-view.ts'
import type { ChartPlace } from '#lib/view/chart-place.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import { SeriesDots, SeriesLine } from './series.tsx'
import { seriesStyle } from './series-style.ts'
import { TimeChart } from './time-chart.tsx'

type Props = { view: CompareView; grid: TimeGrid; metric: Metric; height: number }

/** Draws a prepared comparison: a line each, told apart by colour and by dashes. A null is a gap. */
export const CompareChart = memo(function CompareChart({ view, grid, metric, height }: Props) {
  const { rows, scale, series, table } = view
  const axis = useMemo(
    () => ({
      min: scale.min,
      max: scale.max,
      ticks: scale.ticks.slice(scale.min === 0 ? 1 : 0),
      words: (value: number) => metricWords(metric, value),
    }),
    [scale, metric],
  )
  const dotted = useMemo(
    () =>
      series.map(({ key, place }) => ({
        key,
        value: ({ values }: CompareRow) => values[place] ?? null,
        colour: seriesStyle(place).colour,
      })),
    [series],
  )
  return (
    <TimeChart
      grid={grid}
      rows={rows}
      axis={axis}
      height={height}
      syncId="compare"
      table={table}
      dotted={dotted}
    >
      {(place) =>
        series.map((one) => <ComparedSeries key={one.key} rows={rows} index={one.place} place={place} />)
      }
    </TimeChart>
  )
})

type SeriesProps = { rows: readonly CompareRow[]; index: number; place: ChartPlace }

function ComparedSeries({ rows, index, place }: SeriesProps) {
  const { colour, dashes } = seriesStyle(index)
  const finished = useCallback((row: CompareRow) => row.values[index] ?? null, [index])
  const unfinished = useCallback((row: CompareRow) => row.dotted[index] ?? null, [index])
  const dot = (row: CompareRow) => row.dots[index] ?? null
  const all = { rows, place }
  return (
    <>
      <SeriesLine
        {...all}
        value={finished}
        stroke={colour}
        strokeWidth={1.8}
        {...(dashes === '' ? {} : { strokeDasharray: dashes })}
      />
      <SeriesLine {...all} value={unfinished} stroke={colour} strokeWidth={1.6} strokeDasharray="1.5 3" />
      <SeriesDots {...all} value={dot} stroke={colour} size={4.4} />
    </>
  )
}

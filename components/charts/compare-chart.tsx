'use client'

import { memo, useMemo } from 'react'
import { type DotItemDotProps, Line } from 'recharts'
import { type Metric } from '#lib/view/compare-choice.ts'
import { type CompareRow, type CompareView, metricWords } from '#lib/view/compare-view.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import { seriesStyle } from './series-style.ts'
import { TimeChart } from './time-chart.tsx'

type Props = { view: CompareView; grid: TimeGrid; metric: Metric; height: number }

const SERIES = { type: 'linear', connectNulls: false, isAnimationActive: false } as const

/** Draws a prepared comparison: a line each, told apart by colour and by dashes. A null is a gap. */
export const CompareChart = memo(function CompareChart({ view, grid, metric, height }: Props) {
  const { scale, series } = view
  const axis = useMemo(
    () => ({
      min: scale.min,
      max: scale.max,
      ticks: scale.ticks.slice(scale.min === 0 ? 1 : 0),
      words: (value: number) => metricWords(metric, value),
    }),
    [scale, metric],
  )
  return (
    <TimeChart grid={grid} rows={view.rows} axis={axis} height={height} syncId="compare" table={view.table}>
      {series.map(({ key, label, place }) => {
        const { colour, dashes } = seriesStyle(place)
        return (
          <Line
            {...SERIES}
            key={key}
            name={label}
            dataKey={({ values }: CompareRow) => values[place] ?? null}
            stroke={colour}
            strokeWidth={1.8}
            {...(dashes === '' ? {} : { strokeDasharray: dashes })}
            dot={loneDotOf(place)}
            activeDot={{ r: 3 }}
          />
        )
      })}
      {series.map(({ key, place }) => (
        <Line
          {...SERIES}
          key={`${key} unfinished`}
          dataKey={({ dotted }: CompareRow) => dotted[place] ?? null}
          stroke={seriesStyle(place).colour}
          strokeWidth={1.6}
          strokeDasharray="1.5 3"
          dot={false}
          activeDot={false}
        />
      ))}
    </TimeChart>
  )
})

/** A dot for a value between two gaps, which no line can show. */
const loneDotOf = (place: number) =>
  function LoneDot({ cx, cy, payload, stroke, index }: DotItemDotProps) {
    // The rows are ours, recharts only hands them back.
    const { alone } = payload as CompareRow
    if (alone[place] !== true || cx === undefined || cy === undefined) return null
    return <circle key={index} cx={cx} cy={cy} r={2.2} fill={stroke} />
  }

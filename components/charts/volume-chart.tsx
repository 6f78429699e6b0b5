'use client'

import { memo, useMemo } from 'react'
import { Bar, type BarShapeProps, Line, useXAxisScale } from 'recharts'
import { formatCount } from '#lib/view/format.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import type { VolumeRow, VolumeView } from '#lib/view/volume-view.ts'
import { GHOST } from './ghost-line.ts'
import { OUTCOME_COLOURS } from './outcome-colours.ts'
import { TimeChart } from './time-chart.tsx'

type Props = { view: VolumeView; grid: TimeGrid; height: number; syncId: string }

/** Draws a prepared volume view: a stack of classes a bucket, the unfinished bucket lighter. */
export const VolumeChart = memo(function VolumeChart({ view, grid, height, syncId }: Props) {
  const { scale, series } = view
  const axis = useMemo(
    () => ({ min: 0, max: scale.max, ticks: scale.ticks.slice(1), words: formatCount }),
    [scale],
  )
  const { resolutionMs } = grid
  const shape = useMemo(
    () => (props: BarShapeProps) => <BucketBar {...props} resolutionMs={resolutionMs} />,
    [resolutionMs],
  )
  return (
    <TimeChart grid={grid} rows={view.rows} axis={axis} height={height} syncId={syncId} table={view.table}>
      {series.map((one) => (
        <Bar
          key={one.class}
          dataKey={one.class}
          stackId="calls"
          fill={OUTCOME_COLOURS[one.class]}
          isAnimationActive={false}
          barSize={3}
          shape={shape}
        />
      ))}
      <Line {...GHOST} type="linear" connectNulls={false} isAnimationActive={false} dataKey="ghost" />
    </TimeChart>
  )
})

// recharts knows no width for a bar on a time axis: the bar is drawn as wide as its bucket, with a hair of a gap.
function BucketBar({ y, height, fill, payload, resolutionMs }: BarShapeProps & { resolutionMs: number }) {
  const scale = useXAxisScale()
  // The rows are ours, recharts only hands them back.
  const { x, unfinished } = payload as VolumeRow
  const left = scale?.(x - resolutionMs / 2)
  const right = scale?.(x + resolutionMs / 2)
  if (left === undefined || right === undefined || !(height > 0)) return null
  const gap = right - left > 4 ? 1 : 0
  // A single failure among thousands of calls must still be seen.
  const seen = Math.max(1.5, height)
  return (
    <rect
      x={left + gap / 2}
      y={y + height - seen}
      width={Math.max(1, right - left - gap)}
      height={seen}
      fill={fill}
      fillOpacity={unfinished ? 0.45 : 1}
    />
  )
}

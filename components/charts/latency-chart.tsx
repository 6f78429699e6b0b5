'use client'

import { memo, useMemo } from 'react'
import { Area, Line, ReferenceLine } from 'recharts'
import { formatMs } from '#lib/view/format.ts'
import type { LatencyView } from '#lib/view/latency-view.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import { GHOST } from './ghost-line.ts'
import { loneDot } from './lone-dot.tsx'
import { TimeChart } from './time-chart.tsx'

type Props = { view: LatencyView; grid: TimeGrid; height: number; syncId: string }

const SERIES = { type: 'linear', connectNulls: false, isAnimationActive: false, activeDot: { r: 3 } } as const
const DOT = loneDot('alone')

/** Draws a prepared latency view: the band from p50 to p95, the median over it, p99 dashed. A null is a gap. */
export const LatencyChart = memo(function LatencyChart({ view, grid, height, syncId }: Props) {
  const { scale, limitMs } = view
  const axis = useMemo(
    () => ({ min: 0, max: scale.max, ticks: scale.ticks.slice(1), words: formatMs }),
    [scale],
  )
  return (
    <TimeChart grid={grid} rows={view.rows} axis={axis} height={height} syncId={syncId} table={view.table}>
      <Area
        {...SERIES}
        dataKey="band"
        stroke="none"
        fill="var(--fg-2)"
        fillOpacity={0.24}
        activeDot={false}
      />
      <Area
        {...SERIES}
        dataKey="bandDotted"
        stroke="none"
        fill="var(--fg-2)"
        fillOpacity={0.1}
        activeDot={false}
      />
      {limitMs !== null && (
        <ReferenceLine y={limitMs} stroke="var(--degraded)" strokeDasharray="5 4" strokeOpacity={0.85} />
      )}
      <Line {...SERIES} {...GHOST} dataKey="ghostP95" />
      <Line {...SERIES} {...GHOST} dataKey="ghostP50" />
      <Line
        {...SERIES}
        dataKey="p99"
        stroke="var(--fg-3)"
        strokeWidth={1.2}
        strokeDasharray="4 3"
        dot={DOT}
      />
      <Line
        {...SERIES}
        dataKey="p99Dotted"
        stroke="var(--fg-3)"
        strokeWidth={1}
        strokeDasharray="1 3"
        dot={false}
        activeDot={false}
      />
      <Line {...SERIES} dataKey="p50" stroke="var(--fg)" strokeWidth={1.6} dot={DOT} />
      <Line
        {...SERIES}
        dataKey="p50Dotted"
        stroke="var(--fg)"
        strokeWidth={1.6}
        strokeDasharray="1.5 3"
        dot={false}
        activeDot={false}
      />
    </TimeChart>
  )
})

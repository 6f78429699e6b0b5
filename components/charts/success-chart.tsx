'use client'

import { memo, useMemo } from 'react'
import { Line, ReferenceArea, ReferenceLine } from 'recharts'
import { THIN } from '#lib/view/format.ts'
import type { SuccessView } from '#lib/view/success-view.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import { GHOST } from './ghost-line.ts'
import { loneDot } from './lone-dot.tsx'
import { TimeChart } from './time-chart.tsx'

type Props = { view: SuccessView; grid: TimeGrid; height: number; syncId: string }

const SERIES = { type: 'linear', connectNulls: false, isAnimationActive: false } as const
const DOT = loneDot('alone')
const DOT_SURE = loneDot('aloneSure', 2.4)
const percentWords = (percent: number) => `${Number(percent.toFixed(1))}${THIN}%`

/** Draws a prepared success view: thin where few calls stand behind a rate, thick where enough do. A null is a gap. */
export const SuccessChart = memo(function SuccessChart({ view, grid, height, syncId }: Props) {
  const { scale, thresholdPercent } = view
  const axis = useMemo(
    () => ({
      min: scale.min,
      max: scale.max,
      ticks: scale.ticks.slice(scale.min === 0 ? 1 : 0),
      words: percentWords,
    }),
    [scale],
  )
  return (
    <TimeChart grid={grid} rows={view.rows} axis={axis} height={height} syncId={syncId} table={view.table}>
      <ReferenceArea
        y1={scale.min}
        y2={thresholdPercent}
        fill="var(--unhealthy)"
        fillOpacity={0.07}
        stroke="none"
      />
      <ReferenceLine
        y={thresholdPercent}
        stroke="var(--unhealthy)"
        strokeDasharray="5 4"
        strokeOpacity={0.8}
      />
      <Line {...SERIES} {...GHOST} dataKey="ghost" />
      <Line {...SERIES} dataKey="rate" stroke="var(--fg-2)" strokeWidth={1} dot={DOT} activeDot={{ r: 3 }} />
      <Line
        {...SERIES}
        dataKey="sure"
        stroke="var(--fg)"
        strokeWidth={1.8}
        dot={DOT_SURE}
        activeDot={false}
      />
      <Line
        {...SERIES}
        dataKey="rateDotted"
        stroke="var(--fg-2)"
        strokeWidth={1.4}
        strokeDasharray="1.5 3"
        dot={false}
        activeDot={false}
      />
    </TimeChart>
  )
})

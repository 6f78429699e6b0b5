'use client'

import { useState } from 'react'
import { ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { CHART_MARGIN } from '#lib/view/chart-place.ts'
import type { ChartTable } from '#lib/view/chart-table.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import { ChartTooltip } from './chart-tooltip.tsx'

/** A series whose value under the crosshair has a dot. */
export type DottedSeries<R> = { key: string; value: (row: R) => number | null; colour: string }

export type FrameProps<R> = {
  grid: TimeGrid
  rows: readonly R[]
  axis: { min: number; max: number }
  height: number
  /** Charts with the same name share their crosshair. */
  syncId: string
  table: ChartTable
  dotted: readonly DottedSeries<R>[]
}

const MARGIN = { ...CHART_MARGIN, right: 0, left: 0 }
const CURSOR = { stroke: 'var(--fg-3)', strokeWidth: 1 } as const
const UNSEEN = { type: 'linear', stroke: 'none', dot: false, isAnimationActive: false } as const
/** recharts shows its tooltip where a series of its own is. */
const NO_SERIES = [{ key: 'none', value: () => null, colour: 'none' }] as const

/** The crosshair, its dots and the tooltip of a chart that is drawn beneath. The crosshair is shared, the tooltip is not. */
export function ChartFrame<R extends { x: number }>(props: FrameProps<R>) {
  const { grid, rows, axis, height, syncId, table, dotted } = props
  const [isHere, setIsHere] = useState(false)
  const bucketOf = (x: unknown) => Math.floor((Number(x) - grid.from) / grid.resolutionMs)
  return (
    <div
      onPointerEnter={() => setIsHere(true)}
      onPointerLeave={() => setIsHere(false)}
      onFocus={() => setIsHere(true)}
      onBlur={() => setIsHere(false)}
    >
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart data={rows} margin={MARGIN} syncId={syncId} syncMethod="value" accessibilityLayer>
          <XAxis dataKey="x" type="number" domain={[grid.from, grid.to]} allowDataOverflow hide />
          <YAxis type="number" domain={[axis.min, axis.max]} allowDataOverflow hide />
          {(dotted.length === 0 ? NO_SERIES : dotted).map(({ key, value, colour }) => (
            <Line
              key={key}
              {...UNSEEN}
              dataKey={value}
              activeDot={colour === 'none' ? false : { r: 3, fill: colour }}
            />
          ))}
          <Tooltip
            isAnimationActive={false}
            // A gap says that it is one.
            filterNull={false}
            cursor={CURSOR}
            allowEscapeViewBox={{ x: false, y: true }}
            offset={14}
            content={({ label, active }) =>
              active && isHere ? <ChartTooltip table={table} index={bucketOf(label)} /> : null
            }
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  )
}

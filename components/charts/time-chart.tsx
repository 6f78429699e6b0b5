'use client'

import { type ReactNode, useState } from 'react'
import { CartesianGrid, ComposedChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { ChartTable } from '#lib/view/chart-table.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import { ChartTooltip } from './chart-tooltip.tsx'

/** The value axis; `words` writes a tick. */
export type ValueAxis = {
  min: number
  max: number
  ticks: readonly number[]
  words: (value: number) => string
}

type Props = {
  grid: TimeGrid
  rows: readonly { x: number }[]
  axis: ValueAxis
  height: number
  /** Charts with the same name share their crosshair. */
  syncId: string
  table: ChartTable
  /** The series, as recharts elements. */
  children: ReactNode
}

const MARGIN = { top: 14, right: 0, bottom: 1, left: 0 }
const TICK = { fill: 'var(--fg-3)', fontSize: 10.5, dy: -7 } as const
const CURSOR = { stroke: 'var(--fg-3)', strokeWidth: 1 } as const

/** A chart over the page's time axis, as wide as its plot; its crosshair is shared, its tooltip only its own. */
export function TimeChart({ grid, rows, axis, height, syncId, table, children }: Props) {
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
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="x" type="number" domain={[grid.from, grid.to]} allowDataOverflow hide />
          <YAxis
            type="number"
            domain={[axis.min, axis.max]}
            ticks={axis.ticks}
            tickFormatter={axis.words}
            tick={TICK}
            tickLine={false}
            axisLine={false}
            allowDataOverflow
            interval={0}
            mirror
          />
          {children}
          <Tooltip
            isAnimationActive={false}
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

'use client'

import { memo } from 'react'
import {
  CartesianGrid,
  ReferenceDot,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { formatCount } from '#lib/view/format.ts'
import type { SuggestionPoint, SuggestionView } from '#lib/view/suggestion-view.ts'
import styles from './frontier-chart.module.css'

type Props = {
  view: SuggestionView
  /** What the thresholds that it started from are now: "in force". */
  startLabel: string
}

const MARGIN = { top: 18, right: 16, bottom: 18, left: 0 }
const TICK = { fill: 'var(--fg-3)', fontSize: 10.5 } as const
const AXIS = { type: 'number', tickFormatter: formatCount, tick: TICK, tickLine: false, interval: 0 } as const
const LINE = { stroke: 'var(--line-2)' } as const
const NAME = { fill: 'var(--fg-2)', fontSize: 11 } as const
const FRONTIER_LINE = { stroke: 'var(--fg-2)', strokeDasharray: '3 3' } as const

/** Failures let through against good calls refused, a dot a combination; the start is a ring, the chosen one full. */
export const FrontierChart = memo(function FrontierChart({ view, startLabel }: Props) {
  const { others, frontier, start, chosen, axes } = view
  const isOne = start !== null && chosen !== null && start.x === chosen.x && start.y === chosen.y
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ScatterChart margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" />
        <XAxis
          {...AXIS}
          dataKey="x"
          domain={[axes.x.min, axes.x.max]}
          ticks={axes.x.ticks}
          axisLine={LINE}
          label={{ ...NAME, value: 'failures let through', position: 'insideBottom', offset: -10 }}
        />
        <YAxis
          {...AXIS}
          dataKey="y"
          width={54}
          domain={[axes.y.min, axes.y.max]}
          ticks={axes.y.ticks}
          axisLine={LINE}
          label={{
            ...NAME,
            value: 'good calls refused',
            angle: -90,
            position: 'insideLeft',
            offset: 10,
            style: { textAnchor: 'middle' },
          }}
        />
        <Scatter data={others} shape={<Dot />} isAnimationActive={false} />
        <Scatter
          data={frontier}
          shape={<Dot isFrontier />}
          line={FRONTIER_LINE}
          lineType="joint"
          isAnimationActive={false}
        />
        {start !== null && (
          <ReferenceDot
            x={start.x}
            y={start.y}
            r={6}
            fill="none"
            stroke="var(--fg)"
            strokeWidth={1.6}
            label={isOne ? '' : labelAt(start, axes.x, { value: startLabel, dy: 11 })}
          />
        )}
        {chosen !== null && (
          <ReferenceDot
            x={chosen.x}
            y={chosen.y}
            r={isOne ? 3 : 5}
            fill="var(--fg)"
            stroke="none"
            label={labelAt(chosen, axes.x, { value: isOne ? `chosen: ${startLabel}` : 'chosen', dy: -9 })}
          />
        )}
        <Tooltip
          isAnimationActive={false}
          cursor={false}
          content={({ active, payload }) => (active ? <Told point={payload[0]?.payload as unknown} /> : null)}
        />
      </ScatterChart>
    </ResponsiveContainer>
  )
})

/** Beside its dot, on the side where there is room; above it or below, so that two do not lie on each other. */
function labelAt(
  { x }: SuggestionPoint,
  axis: { min: number; max: number },
  words: { value: string; dy: number },
) {
  const isFarRight = x - axis.min > (axis.max - axis.min) * 0.72
  return {
    ...words,
    position: isFarRight ? ('left' as const) : ('right' as const),
    offset: 8,
    fill: 'var(--fg)',
    fontSize: 11.5,
  }
}

type DotProps = { cx?: number; cy?: number; isFrontier?: boolean }

function Dot({ cx = 0, cy = 0, isFrontier = false }: DotProps) {
  return (
    <circle
      cx={cx}
      cy={cy}
      r={isFrontier ? 3.4 : 2.4}
      fill={isFrontier ? 'var(--fg-2)' : 'var(--fg-3)'}
      fillOpacity={isFrontier ? 1 : 0.7}
    />
  )
}

function Told({ point }: { point: unknown }) {
  if (!isPoint(point)) return null
  return (
    <div className={styles.told}>
      <p>{point.words}</p>
      <p>{point.outcome}</p>
    </div>
  )
}

const isPoint = (point: unknown): point is SuggestionPoint =>
  typeof point === 'object' && point !== null && 'words' in point && 'outcome' in point

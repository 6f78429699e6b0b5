'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useDeferredValue, useMemo } from 'react'
import { LatePart } from '#components/ui/late-part.tsx'
import { type ChartPlace, chartPlace, DRAWN_WIDTH } from '#lib/view/chart-place.ts'
import type { FrameProps } from './chart-frame.tsx'
import { LevelLine } from './series.tsx'
import styles from './time-chart.module.css'

/** The value axis; `words` writes a tick. */
export type ValueAxis = {
  min: number
  max: number
  ticks: readonly number[]
  words: (value: number) => string
}

type Props<R> = Omit<FrameProps<R>, 'axis'> & {
  axis: ValueAxis
  /** Draws the series. */
  children: (place: ChartPlace) => ReactNode
}

// Its library is large and needs a measured width: it comes after the page, onto charts that can be read already.
const load = async () => (await import('./chart-frame.tsx')).ChartFrame
// Without waiting until the page has been made alive, which asks for it.
if (typeof window !== 'undefined') void load()
// What comes by dynamic() has lost that it fits rows of any kind.
const Frame = dynamic(load, { ssr: false }) as unknown as <R extends { x: number }>(
  props: FrameProps<R>,
) => ReactNode

/** A chart over the page's time axis, as wide as its plot: drawn with the page, framed by recharts when that has come. */
export function TimeChart<R extends { x: number }>(props: Props<R>) {
  const { grid, rows, axis, height, syncId, table, dotted, children } = props
  const { from, to } = grid
  const { min, max, ticks, words } = axis
  const place = useMemo(() => chartPlace({ from, to }, { min, max }, height), [from, to, min, max, height])
  const frame = useMemo(
    () => ({ grid, rows, axis: { min, max }, height, syncId, table, dotted }),
    [grid, rows, min, max, height, syncId, table, dotted],
  )
  // What is drawn is shown first; recharts takes longer.
  const laterFrame = useDeferredValue(frame)
  return (
    <div className={styles.chart} style={{ height }}>
      <svg
        className={styles.drawing}
        width="100%"
        height={height}
        viewBox={`0 0 ${DRAWN_WIDTH} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        {[min, ...ticks].map((tick) => (
          <LevelLine key={tick} place={place} value={tick} stroke="var(--line)" />
        ))}
        {children(place)}
      </svg>
      {ticks.map((tick) => (
        <span
          key={tick}
          className={styles.tick}
          style={{ top: place.y(tick) }}
          aria-hidden="true"
          data-picture-text
        >
          {words(tick)}
        </span>
      ))}
      <LatePart>
        <Frame {...laterFrame} />
      </LatePart>
    </div>
  )
}

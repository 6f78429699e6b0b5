'use client'

import { memo, type PointerEvent, useMemo, useState } from 'react'
import type { CheckMark } from '#lib/view/check-strip-view.ts'
import type { CheckTicksView } from '#lib/view/check-ticks-view.ts'
import { ChartTooltip } from './chart-tooltip.tsx'
import styles from './check-ticks.module.css'

/** How much of the lane a mark takes: worse stands taller, so that it also reads without colour. */
const TALLNESS: Record<CheckMark, number> = {
  passed: 0.4,
  limited: 0.7,
  failed: 1,
  neutral: 0.4,
  skipped: 0.4,
  none: 0.1,
}

/** A mark is at least this part of its full height, so that one failure of thousands is still seen. */
const LEAST = 0.3
/** How much of its bucket a mark is wide. */
const BREADTH = 0.76
/** The drawing's own width, whatever the screen's. */
const WIDTH = 10_000

type Props = { view: CheckTicksView; height: number }

/** Our own checks on the page's time axis. Where only some went wrong, those stand before the ones that passed. */
export const CheckTicks = memo(function CheckTicks({ view, height }: Props) {
  const [hovered, setHovered] = useState<number | null>(null)
  const { ticks, table, summary } = view
  const strokes = useMemo(() => strokesOf(ticks, height), [ticks, height])
  const count = table.rows.length
  const hover = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    setHovered(Math.floor(((event.clientX - left) / Math.max(1, width)) * count))
  }
  return (
    <div className={styles.lane} onPointerMove={hover} onPointerLeave={() => setHovered(null)}>
      <svg
        className={styles.strip}
        width="100%"
        height={height}
        viewBox={`0 0 ${WIDTH} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={summary}
      >
        {strokes.map(({ mark, path }) => (
          <path
            key={mark}
            className={styles.marks}
            data-mark={mark}
            d={path}
            vectorEffect="non-scaling-stroke"
            style={{ strokeWidth: `max(1.5px, ${(BREADTH / count) * 100}cqw)` }}
          />
        ))}
      </svg>
      {hovered !== null && (
        <div
          className={styles.tooltip}
          data-side={hovered * 2 < count ? 'right' : 'left'}
          style={{ insetInlineStart: `${((hovered + 0.5) / count) * 100}%` }}
        >
          <ChartTooltip table={table} index={hovered} />
        </div>
      )}
    </div>
  )
})

/** One path for all marks of a kind, those that passed behind the others. */
function strokesOf(
  ticks: CheckTicksView['ticks'],
  height: number,
): readonly { mark: CheckMark; path: string }[] {
  const paths = new Map<CheckMark, string>([['passed', '']])
  const add = (mark: CheckMark, { x, width }: { x: number; width: number }, tall: number) => {
    const middle = ((x + width / 2) * WIDTH).toFixed(1)
    paths.set(mark, `${paths.get(mark) ?? ''}M${middle},${(height - tall) / 2}v${tall}`)
  }
  for (const tick of ticks) {
    if (tick.share < 1) add('passed', tick, TALLNESS.passed * height)
    add(tick.mark, tick, TALLNESS[tick.mark] * height * Math.max(LEAST, tick.share))
  }
  return [...paths].map(([mark, path]) => ({ mark, path }))
}

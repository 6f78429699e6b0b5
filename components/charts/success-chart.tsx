import { memo, useMemo } from 'react'
import { DRAWN_WIDTH } from '#lib/view/chart-place.ts'
import { THIN } from '#lib/view/format.ts'
import type { SuccessRow, SuccessView } from '#lib/view/success-view.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import { GHOST } from './ghost-line.ts'
import { LevelLine, SeriesDots, SeriesLine } from './series.tsx'
import { TimeChart } from './time-chart.tsx'

type Props = { view: SuccessView; grid: TimeGrid; height: number; syncId: string }

const percentWords = (percent: number) => `${Number(percent.toFixed(1))}${THIN}%`

const rate = (row: SuccessRow) => row.rate
const rateDotted = (row: SuccessRow) => row.rateDotted
const sure = (row: SuccessRow) => row.sure
const ghost = (row: SuccessRow) => row.ghost
const dot = (row: SuccessRow) => row.dot
const sureDot = (row: SuccessRow) => row.sureDot

const DOTTED = [{ key: 'rate', value: rate, colour: 'var(--fg)' }]

/** Draws a prepared success view: thin where few calls stand behind a rate, thick where enough do. A null is a gap. */
export const SuccessChart = memo(function SuccessChart({ view, ...rest }: Props) {
  const { rows, scale, thresholdPercent, table } = view
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
    <TimeChart {...rest} rows={rows} axis={axis} table={table} dotted={DOTTED}>
      {(place) => {
        const all = { rows, place }
        const threshold = place.y(thresholdPercent)
        return (
          <>
            <rect
              y={threshold}
              width={DRAWN_WIDTH}
              height={place.y(scale.min) - threshold}
              fill="var(--unhealthy)"
              fillOpacity={0.07}
            />
            <LevelLine
              place={place}
              value={thresholdPercent}
              stroke="var(--unhealthy)"
              strokeDasharray="5 4"
              strokeOpacity={0.8}
            />
            <SeriesLine {...all} value={ghost} {...GHOST} />
            <SeriesLine {...all} value={rate} stroke="var(--fg-2)" />
            <SeriesDots {...all} value={dot} stroke="var(--fg-2)" />
            <SeriesLine {...all} value={sure} stroke="var(--fg)" strokeWidth={1.8} />
            <SeriesDots {...all} value={sureDot} stroke="var(--fg)" size={4.8} />
            <SeriesLine
              {...all}
              value={rateDotted}
              stroke="var(--fg-2)"
              strokeWidth={1.4}
              strokeDasharray="1.5 3"
            />
          </>
        )
      }}
    </TimeChart>
  )
})

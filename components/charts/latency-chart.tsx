import { memo, useMemo } from 'react'
import { formatMs } from '#lib/view/format.ts'
import type { LatencyRow, LatencyView } from '#lib/view/latency-view.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import { GHOST } from './ghost-line.ts'
import { LevelLine, SeriesBand, SeriesDots, SeriesLine } from './series.tsx'
import { TimeChart } from './time-chart.tsx'

type Props = { view: LatencyView; grid: TimeGrid; height: number; syncId: string }

const p50 = (row: LatencyRow) => row.p50
const p50Dotted = (row: LatencyRow) => row.p50Dotted
const p99 = (row: LatencyRow) => row.p99
const p99Dotted = (row: LatencyRow) => row.p99Dotted
const band = (row: LatencyRow) => row.band
const bandDotted = (row: LatencyRow) => row.bandDotted
const ghostP50 = (row: LatencyRow) => row.ghostP50
const ghostP95 = (row: LatencyRow) => row.ghostP95
const p50Dot = (row: LatencyRow) => row.p50Dot
const p99Dot = (row: LatencyRow) => row.p99Dot

const DOTTED = [{ key: 'p50', value: p50, colour: 'var(--fg)' }]

/** Draws a prepared latency view: the band from p50 to p95, the median over it, p99 dashed. A null is a gap. */
export const LatencyChart = memo(function LatencyChart({ view, ...rest }: Props) {
  const { rows, scale, limitMs, table } = view
  const axis = useMemo(
    () => ({ min: 0, max: scale.max, ticks: scale.ticks.slice(1), words: formatMs }),
    [scale],
  )
  return (
    <TimeChart {...rest} rows={rows} axis={axis} table={table} dotted={DOTTED}>
      {(place) => {
        const all = { rows, place }
        return (
          <>
            <SeriesBand {...all} range={band} fill="var(--fg-2)" fillOpacity={0.24} />
            <SeriesBand {...all} range={bandDotted} fill="var(--fg-2)" fillOpacity={0.1} />
            {limitMs !== null && (
              <LevelLine
                place={place}
                value={limitMs}
                stroke="var(--degraded)"
                strokeDasharray="5 4"
                strokeOpacity={0.85}
              />
            )}
            <SeriesLine {...all} value={ghostP95} {...GHOST} />
            <SeriesLine {...all} value={ghostP50} {...GHOST} />
            <SeriesLine {...all} value={p99} stroke="var(--fg-3)" strokeWidth={1.2} strokeDasharray="4 3" />
            <SeriesDots {...all} value={p99Dot} stroke="var(--fg-3)" />
            <SeriesLine {...all} value={p99Dotted} stroke="var(--fg-3)" strokeDasharray="1 3" />
            <SeriesLine {...all} value={p50} stroke="var(--fg)" strokeWidth={1.6} />
            <SeriesDots {...all} value={p50Dot} stroke="var(--fg)" />
            <SeriesLine
              {...all}
              value={p50Dotted}
              stroke="var(--fg)"
              strokeWidth={1.6}
              strokeDasharray="1.5 3"
            />
          </>
        )
      }}
    </TimeChart>
  )
})

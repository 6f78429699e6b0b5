import { memo, useMemo } from 'react'
import { boxesPath } from '#lib/view/chart-paths.ts'
import type { ChartPlace } from '#lib/view/chart-place.ts'
import { formatCount } from '#lib/view/format.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import { stackBoxes, type VolumeRow, type VolumeView } from '#lib/view/volume-view.ts'
import { GHOST } from './ghost-line.ts'
import { OUTCOME_COLOURS } from './outcome-colours.ts'
import { SeriesLine } from './series.tsx'
import { TimeChart } from './time-chart.tsx'

type Props = { view: VolumeView; grid: TimeGrid; height: number; syncId: string }

const UNFINISHED_OPACITY = 0.45
const NONE = [] as const
const ghost = (row: VolumeRow) => row.ghost

/** Draws a prepared volume view: a stack of classes a bucket, the unfinished bucket lighter. */
export const VolumeChart = memo(function VolumeChart({ view, ...rest }: Props) {
  const { rows, scale, table } = view
  const axis = useMemo(
    () => ({ min: 0, max: scale.max, ticks: scale.ticks.slice(1), words: formatCount }),
    [scale],
  )
  return (
    <TimeChart {...rest} rows={rows} axis={axis} table={table} dotted={NONE}>
      {(place) => (
        <>
          <Stack view={view} resolutionMs={rest.grid.resolutionMs} place={place} />
          <SeriesLine rows={rows} place={place} value={ghost} {...GHOST} />
        </>
      )}
    </TimeChart>
  )
})

type StackProps = { view: VolumeView; resolutionMs: number; place: ChartPlace }

const Stack = memo(function Stack({ view, resolutionMs, place }: StackProps) {
  return view.series.flatMap(({ class: outcomeClass }) =>
    [false, true].map((unfinished) => {
      const boxes = stackBoxes(view, { class: outcomeClass, unfinished, resolutionMs, place })
      return (
        boxes.length > 0 && (
          <path
            key={`${outcomeClass} ${unfinished}`}
            d={boxesPath(boxes)}
            fill={OUTCOME_COLOURS[outcomeClass]}
            fillOpacity={unfinished ? UNFINISHED_OPACITY : 1}
          />
        )
      )
    }),
  )
})

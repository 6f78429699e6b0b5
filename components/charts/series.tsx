import { memo, type ReactNode, type SVGProps } from 'react'
import { type ChartPlace, DRAWN_WIDTH } from '#lib/view/chart-place.ts'
import { bandPath, linePath } from '#lib/view/chart-paths.ts'

type Looks = Pick<
  SVGProps<SVGPathElement>,
  'stroke' | 'strokeWidth' | 'strokeDasharray' | 'strokeOpacity' | 'fill' | 'fillOpacity'
>
type Row = { x: number }
type LineProps<R> = Looks & {
  rows: readonly R[]
  place: ChartPlace
  /** Must keep its identity, or the line is drawn each time. */
  value: (row: R) => number | null
}

/** A line through the values, broken where there is none. */
export const SeriesLine = memo(function SeriesLine<R extends Row>(props: LineProps<R>) {
  const { rows, place, value, ...looks } = props
  const path = linePath(
    rows.map((row) => {
      const y = value(row)
      return y === null ? null : [place.x(row.x), place.y(y)]
    }),
  )
  return path && <path d={path} {...STRETCHED} {...looks} data-series="line" />
}) as <R extends Row>(props: LineProps<R>) => ReactNode

type BandProps<R> = Looks & {
  rows: readonly R[]
  place: ChartPlace
  /** Must keep its identity, or the band is drawn each time. */
  range: (row: R) => readonly [low: number, high: number] | null
}

/** The area between two values, broken where there are none. */
export const SeriesBand = memo(function SeriesBand<R extends Row>(props: BandProps<R>) {
  const { rows, place, range, ...looks } = props
  const path = bandPath(
    rows.map((row) => {
      const edges = range(row)
      return edges && [place.x(row.x), place.y(edges[0]), place.y(edges[1])]
    }),
  )
  return path && <path d={path} stroke="none" {...looks} />
}) as <R extends Row>(props: BandProps<R>) => ReactNode

type DotsProps<R> = Omit<LineProps<R>, keyof Looks> & { stroke: string; size?: number }

/** A dot for each value, where no line can show it: a round end without a line, so that stretching leaves it round. */
export function SeriesDots<R extends Row>({ rows, place, value, stroke, size = 4 }: DotsProps<R>) {
  const path = rows
    .flatMap((row) => {
      const y = value(row)
      return y === null ? [] : [`M${place.x(row.x).toFixed(1)},${place.y(y).toFixed(1)}h0`]
    })
    .join('')
  return path && <path d={path} {...STRETCHED} stroke={stroke} strokeWidth={size} strokeLinecap="round" />
}

/** A line across the chart at one value. */
export function LevelLine({ place, value, ...looks }: Looks & { place: ChartPlace; value: number }) {
  return <path d={`M0,${place.y(value).toFixed(1)}H${DRAWN_WIDTH}`} {...STRETCHED} {...looks} />
}

/** The drawing is stretched to the screen's width; its lines are not. */
const STRETCHED = { fill: 'none', strokeLinejoin: 'round', vectorEffect: 'non-scaling-stroke' } as const

'use client'

import { ChartSection } from '#components/charts/chart-section.tsx'
import { bucketFile } from '#components/charts/chart-file.ts'
import { GHOST } from '#components/charts/ghost-line.ts'
import { LatencyChart } from '#components/charts/latency-chart.tsx'
import { Legend, type LegendItem } from '#components/charts/legend.tsx'
import { OUTCOME_COLOURS } from '#components/charts/outcome-colours.ts'
import { Plot } from '#components/charts/plot.tsx'
import { SuccessChart } from '#components/charts/success-chart.tsx'
import { VolumeChart } from '#components/charts/volume-chart.tsx'
import { useClock } from '#lib/client/clock.ts'
import { ageWords, formatMs, formatPercent, plural } from '#lib/view/format.ts'
import type { Ghost } from '#lib/view/ghost-view.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import type { SuccessView } from '#lib/view/success-view.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import type { ChartViews } from './history-views.ts'

type Props = {
  /** Whose charts they are, for files. */
  name: string
  views: ChartViews
  grid: TimeGrid
  marks: readonly number[]
  lastCheckAt: string | null
}

const HEIGHTS = { success: 128, latency: 176, volume: 112 } as const
const SYNC_ID = 'provider'
const READY: PanelCondition = { kind: 'ready' }

const LATENCY_LEGEND = [
  { label: 'p50', colour: 'var(--fg)', mark: 'line' },
  { label: 'p50–p95', colour: 'var(--fg-2)', mark: 'area' },
  { label: 'p99', colour: 'var(--fg-3)', mark: 'dashed' },
] as const

/** Success rate, latency and volume over the same buckets. */
export function ChartSections({ lastCheckAt, ...rest }: Props) {
  const silence = useClock((now) =>
    lastCheckAt === null ? 'never checked yet' : `last check ${ageWords(Date.parse(lastCheckAt), now)}`,
  )
  const nothing: PanelCondition | null = rest.views.volume.hasData
    ? null
    : { kind: 'no_traffic', text: `No calls in this range; ${silence}.` }
  return (
    <>
      <SuccessSection {...rest} nothing={nothing} />
      <LatencySection {...rest} nothing={nothing} />
      <VolumeSection {...rest} nothing={nothing} />
    </>
  )
}

type SectionProps = Omit<Props, 'lastCheckAt'> & {
  /** What all of them say when there was no call at all. */
  nothing: PanelCondition | null
}

function SuccessSection({ name, views, grid, marks, nothing }: SectionProps) {
  const { success, ghost, shown } = views
  const legend = ghost ? [ghostKey(ghost)] : []
  return (
    <ChartSection
      title="Success rate"
      summary={success.summary}
      meta={
        <>
          {successMeta(success)}
          {legend.length > 0 && <Legend items={legend} />}
        </>
      }
      condition={nothing ?? successCondition(views)}
      height={HEIGHTS.success}
      table={nothing ? null : success.table}
      file={bucketFile(grid, { what: [name, 'success'], columns: 'success', legend }, shown)}
    >
      <Plot kind="chart" height={HEIGHTS.success} marks={marks}>
        <SuccessChart grid={grid} syncId={SYNC_ID} view={success} height={HEIGHTS.success} />
      </Plot>
    </ChartSection>
  )
}

function LatencySection({ name, views, grid, marks, nothing }: SectionProps) {
  const { latency, shown } = views
  const legend = latencyLegend(views)
  return (
    <ChartSection
      title="Latency"
      summary={latency.summary}
      meta={<Legend items={legend} />}
      condition={
        nothing ??
        (latency.hasData ? READY : { kind: 'no_traffic', text: 'No call succeeded in this range.' })
      }
      height={HEIGHTS.latency}
      table={nothing ? null : latency.table}
      file={bucketFile(grid, { what: [name, 'latency'], columns: 'latency', legend }, shown)}
    >
      <Plot kind="chart" height={HEIGHTS.latency} marks={marks}>
        <LatencyChart grid={grid} syncId={SYNC_ID} view={latency} height={HEIGHTS.latency} />
      </Plot>
    </ChartSection>
  )
}

function VolumeSection({ name, views, grid, marks, nothing }: SectionProps) {
  const { volume, shown } = views
  const legend = volumeLegend(views)
  return (
    <ChartSection
      title="Calls by outcome"
      summary={volume.summary}
      meta={<Legend items={legend} />}
      condition={nothing ?? READY}
      height={HEIGHTS.volume}
      table={nothing ? null : volume.table}
      file={bucketFile(grid, { what: [name, 'calls'], columns: 'volume', legend }, shown)}
    >
      <Plot kind="chart" height={HEIGHTS.volume} marks={marks}>
        <VolumeChart grid={grid} syncId={SYNC_ID} view={volume} height={HEIGHTS.volume} />
      </Plot>
    </ChartSection>
  )
}

function successMeta({ total, axisWords, thresholdPercent, unsureBuckets }: SuccessView): string {
  const facts = [
    total.rate === null ? null : `${formatPercent(total.rate)} of ${plural(total.counted, 'call')}`,
    `threshold ${formatPercent(thresholdPercent / 100)}`,
    unsureBuckets > 0 ? 'thin where samples are few' : null,
    axisWords,
  ]
  return facts.filter((fact) => fact !== null).join(' · ')
}

function successCondition({ success, minSamples }: ChartViews): PanelCondition {
  const { counted, rate } = success.total
  if (counted === 0) return { kind: 'no_traffic', text: 'Nothing in this range says whether calls succeed.' }
  return rate === null ? { kind: 'insufficient', have: counted, need: minSamples, unit: 'samples' } : READY
}

const ghostKey = ({ words }: Ghost): LegendItem => ({
  label: words,
  colour: GHOST.stroke,
  mark: 'dashed',
})

const latencyLegend = ({ latency: { limitMs }, ghost }: ChartViews): LegendItem[] => [
  ...LATENCY_LEGEND,
  ...(limitMs === null
    ? []
    : [
        {
          label: `degraded above ${formatMs(limitMs)}`,
          colour: 'var(--degraded)',
          mark: 'dashed' as const,
        },
      ]),
  ...(ghost ? [{ ...ghostKey(ghost), label: `p50 and p95 in ${ghost.words}` }] : []),
]

const volumeLegend = ({ volume: { series }, ghost }: ChartViews): LegendItem[] => [
  ...series.map(({ class: outcomeClass, label }) => ({
    label,
    colour: OUTCOME_COLOURS[outcomeClass],
    mark: 'block' as const,
  })),
  ...(ghost ? [{ ...ghostKey(ghost), label: `calls in ${ghost.words}` }] : []),
]

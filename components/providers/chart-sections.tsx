'use client'

import { ChartSection } from '#components/charts/chart-section.tsx'
import { Legend } from '#components/charts/legend.tsx'
import { OUTCOME_COLOURS } from '#components/charts/outcome-colours.ts'
import { Plot } from '#components/charts/plot.tsx'
import { useClock } from '#lib/client/clock.ts'
import { ageWords, formatMs, formatPercent, plural } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import type { SuccessView } from '#lib/view/success-view.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import type { VolumeView } from '#lib/view/volume-view.ts'
import type { ChartViews } from './history-views.ts'
import { LatePart } from '#components/ui/late-part.tsx'
import { PartMissing } from '#components/ui/part-missing.tsx'
import { LatencyChart, SuccessChart, VolumeChart } from './lazy-charts.ts'

type Props = {
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
export function ChartSections({ views, grid, marks, lastCheckAt }: Props) {
  const { success, latency, volume } = views
  const silence = useClock((now) =>
    lastCheckAt === null ? 'never checked yet' : `last check ${ageWords(Date.parse(lastCheckAt), now)}`,
  )
  const nothing: PanelCondition | null = volume.hasData
    ? null
    : { kind: 'no_traffic', text: `No calls in this range; ${silence}.` }
  const drawn = { grid, syncId: SYNC_ID }
  return (
    <>
      <ChartSection
        title="Success rate"
        summary={success.summary}
        meta={successMeta(success)}
        condition={nothing ?? successCondition(views)}
        height={HEIGHTS.success}
        table={nothing ? null : success.table}
      >
        <Plot kind="chart" height={HEIGHTS.success} marks={marks}>
          <LatePart fallback={<PartMissing what="The chart" />}>
            <SuccessChart {...drawn} view={success} height={HEIGHTS.success} />
          </LatePart>
        </Plot>
      </ChartSection>
      <ChartSection
        title="Latency"
        summary={latency.summary}
        meta={<Legend items={latencyLegend(views)} />}
        condition={
          nothing ??
          (latency.hasData ? READY : { kind: 'no_traffic', text: 'No call succeeded in this range.' })
        }
        height={HEIGHTS.latency}
        table={nothing ? null : latency.table}
      >
        <Plot kind="chart" height={HEIGHTS.latency} marks={marks}>
          <LatePart fallback={<PartMissing what="The chart" />}>
            <LatencyChart {...drawn} view={latency} height={HEIGHTS.latency} />
          </LatePart>
        </Plot>
      </ChartSection>
      <ChartSection
        title="Calls by outcome"
        summary={volume.summary}
        meta={<Legend items={volumeLegend(volume)} />}
        condition={nothing ?? READY}
        height={HEIGHTS.volume}
        table={nothing ? null : volume.table}
      >
        <Plot kind="chart" height={HEIGHTS.volume} marks={marks}>
          <LatePart fallback={<PartMissing what="The chart" />}>
            <VolumeChart {...drawn} view={volume} height={HEIGHTS.volume} />
          </LatePart>
        </Plot>
      </ChartSection>
    </>
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

const latencyLegend = ({ latency: { limitMs } }: ChartViews) =>
  limitMs === null
    ? LATENCY_LEGEND
    : [
        ...LATENCY_LEGEND,
        { label: `degraded above ${formatMs(limitMs)}`, colour: 'var(--degraded)', mark: 'dashed' as const },
      ]

const volumeLegend = ({ series }: VolumeView) =>
  series.map(({ class: outcomeClass, label }) => ({
    label,
    colour: OUTCOME_COLOURS[outcomeClass],
    mark: 'block' as const,
  }))

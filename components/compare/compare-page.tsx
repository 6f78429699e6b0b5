'use client'

import { useMemo } from 'react'
import { chartFile } from '#components/charts/chart-file.ts'
import { ChartCard } from '#components/charts/chart-card.tsx'
import { ChartSection } from '#components/charts/chart-section.tsx'
import { CompareChart } from '#components/charts/compare-chart.tsx'
import { Plot } from '#components/charts/plot.tsx'
import { seriesStyle } from '#components/charts/series-style.ts'
import { TimeAxis } from '#components/charts/time-axis.tsx'
import { TimeStack } from '#components/charts/time-stack.tsx'
import { useDataCondition } from '#components/providers/use-data-condition.ts'
import { WindowChoice } from '#components/shell/window-choice.tsx'
import { Segments } from '#components/ui/segments.tsx'
import { useTimeWindow } from '#lib/client/use-time-window.ts'
import { useUrlState } from '#lib/client/use-url-state.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { METRIC_WORDS, METRICS, MOST_COMPARED, parseMetric, type Metric } from '#lib/view/compare-choice.ts'
import { compareFigures, compareGrid, type CompareView, compareView } from '#lib/view/compare-view.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import styles from './compare-page.module.css'
import { ComparePicker } from './compare-picker.tsx'
import { SeriesKey } from './series-key.tsx'
import { showComparison, useComparedHistories, useComparison } from './use-comparison.ts'

const HEIGHT = 420

const METRIC_CHOICES = METRICS.map((value) => ({
  value,
  label: value === 'success' || value === 'calls' ? METRIC_WORDS[value] : value,
}))

/** Up to eight providers or models side by side on one chart. */
export function ComparePage() {
  const { window, zoom, zoomOut } = useTimeWindow()
  const [askedMetric, setMetric] = useUrlState('metric')
  const metric = parseMetric(askedMetric)
  const { chosen, all, intervalMs } = useComparison()
  const compared = useComparedHistories({ chosen, all, window, intervalMs })
  return (
    <div className={styles.page}>
      <h1>Compare providers and models</h1>
      <div className={styles.columns}>
        <ChartCard
          bar={
            <>
              <WindowChoice window={window} onZoomOut={zoomOut} />
              <Segments
                label="What is compared"
                value={metric}
                onValueChange={(next) => setMetric(next === 'success' ? null : next)}
                choices={METRIC_CHOICES}
              />
            </>
          }
        >
          <Comparison
            {...compared}
            metric={metric}
            isFleetEmpty={all.length === 0}
            isPast={window.kind === 'past'}
            onZoom={zoom}
            onZoomOut={zoomOut}
          />
        </ChartCard>
        <ComparePicker chosen={chosen} all={all} onChange={showComparison} />
      </div>
    </div>
  )
}

type ComparisonProps = ReturnType<typeof useComparedHistories> & {
  metric: Metric
  isFleetEmpty: boolean
  isPast: boolean
  onZoom: (window: { from: number; to: number }) => void
  onZoomOut: (() => void) | null
}

function Comparison({
  inputs,
  error,
  failed,
  metric,
  isFleetEmpty,
  isPast,
  onZoom,
  onZoomOut,
}: ComparisonProps) {
  const { zone } = useZone()
  const drawn = useMemo(() => {
    const grid = compareGrid(inputs, zone)
    return grid && { grid, view: compareView(grid, inputs, metric) }
  }, [inputs, zone, metric])
  const read = useDataCondition({
    asOf: drawn === null ? null : new Date(drawn.grid.to).toISOString(),
    error: failed === inputs.length ? error : null,
    isPast,
    missing: failed > 0 ? `${failed} of ${inputs.length} could not be read.` : null,
  })
  const condition = conditionOf({
    isFleetEmpty,
    isEmpty: inputs.length === 0,
    view: drawn?.view ?? null,
    read,
  })
  if (drawn === null) {
    return (
      <ChartSection
        title={METRIC_WORDS[metric]}
        level={2}
        summary={`${METRIC_WORDS[metric]}: nothing is drawn yet.`}
        condition={condition}
        height={HEIGHT}
        table={null}
      >
        {null}
      </ChartSection>
    )
  }
  const { grid, view } = drawn
  return (
    <>
      <TimeStack range={grid} onZoom={onZoom} onZoomOut={onZoomOut}>
        <ChartSection
          title={METRIC_WORDS[metric]}
          level={2}
          summary={view.summary}
          meta={view.axisWords}
          condition={condition}
          height={HEIGHT}
          table={view.table}
          file={chartFile(grid, { what: ['compare', metric], legend: legendOf(view) }, () =>
            compareFigures(grid, inputs, metric),
          )}
        >
          <Plot kind="chart" height={HEIGHT} marks={[]}>
            <CompareChart view={view} grid={grid} metric={metric} height={HEIGHT} />
          </Plot>
        </ChartSection>
        <TimeAxis grid={grid} />
      </TimeStack>
      <Series view={view} />
    </>
  )
}

type Facts = { isFleetEmpty: boolean; isEmpty: boolean; view: CompareView | null; read: PanelCondition }

function conditionOf({ isFleetEmpty, isEmpty, view, read }: Facts): PanelCondition {
  if (isEmpty && isFleetEmpty)
    return {
      kind: 'not_configured',
      text: 'There is no provider yet whose history could be compared.',
      action: { href: '/settings/providers/new', label: 'Add a provider', needs: 'providers.write' },
    }
  if (isEmpty)
    return {
      kind: 'empty',
      text: `Choose up to ${MOST_COMPARED} providers or models to see them on one chart.`,
    }
  if (view !== null && !view.hasData && read.kind === 'ready')
    return { kind: 'no_traffic', text: 'Nothing was measured of these in this range.' }
  return read
}

const legendOf = ({ series }: CompareView) =>
  series.map(({ label, place }) => ({
    label,
    colour: seriesStyle(place).colour,
    mark: 'line' as const,
  }))

/** The lines' names with their newest values. */
function Series({ view }: { view: CompareView }) {
  return (
    <ul className={styles.series} aria-label="Lines of the chart">
      {view.series.map(({ key, label, place, last, hasData }) => (
        <li key={key}>
          <SeriesKey {...seriesStyle(place)} />
          <span>{label}</span>
          <b>{hasData ? last : 'nothing measured'}</b>
        </li>
      ))}
    </ul>
  )
}

'use client'

import { useMemo } from 'react'
import { bucketFile } from '#components/charts/chart-file.ts'
import { TimeAxis } from '#components/charts/time-axis.tsx'
import { TimeStack } from '#components/charts/time-stack.tsx'
import { PanelState } from '#components/ui/panel-state.tsx'
import type { ProviderDetail } from '#lib/contract/monitor.ts'
import type { TimeGrid } from '#lib/view/time-grid.ts'
import { BreakerSection } from './breaker-section.tsx'
import { ChartSections } from './chart-sections.tsx'
import { CheckSection } from './check-section.tsx'
import { chartViews, laneViews } from './history-views.ts'
import { useDataCondition } from './use-data-condition.ts'
import { useGlyphShare } from './use-glyph-share.ts'
import type { ProviderHistory } from './use-provider-history.ts'

type Props = {
  detail: ProviderDetail
  history: ProviderHistory
  onZoom: (window: { from: number; to: number }) => void
  onZoomOut: (() => void) | null
}

/** How high the whole stack is once it is drawn, px; the skeleton is as high. */
const STACK_HEIGHT = 760

/** A provider's past on one time axis: breaker, success rate, latency, volume and checks. */
export function HistoryStack({ detail, history, onZoom, onZoomOut }: Props) {
  const { grid, shown, error, isPast } = history
  const condition = useDataCondition({ asOf: shown?.to ?? null, error, isPast })
  return (
    <PanelState condition={condition} minHeight={STACK_HEIGHT}>
      {grid && (
        <TimeStack range={grid} onZoom={onZoom} onZoomOut={onZoomOut}>
          <Sections detail={detail} history={history} grid={grid} />
          <TimeAxis grid={grid} />
        </TimeStack>
      )}
    </PanelState>
  )
}

type SectionsProps = { detail: ProviderDetail; history: ProviderHistory; grid: TimeGrid }

function Sections({ detail, history, grid }: SectionsProps) {
  const { shown, active, happenings, ghost } = history
  const { thresholds, snapshot } = detail
  const { name, lastCheckAt, intervalMs } = snapshot
  const glyphShare = useGlyphShare()
  const views = useMemo(
    () => chartViews(grid, { shown: shown?.buckets ?? [], active: active?.buckets ?? [], ghost }, thresholds),
    [grid, shown, active, ghost, thresholds],
  )
  const lanes = useMemo(
    () => laneViews({ grid, happenings, detail, glyphShare }),
    [grid, happenings, detail, glyphShare],
  )
  const marks = useMemo(() => lanes.annotations.clusters.map(({ x }) => x), [lanes])
  return (
    <>
      <BreakerSection name={name} grid={grid} lanes={lanes} isKnown={happenings !== null} />
      <ChartSections name={name} views={views} grid={grid} marks={marks} lastCheckAt={lastCheckAt} />
      <CheckSection
        view={views.checks}
        marks={marks}
        intervalMs={intervalMs}
        file={bucketFile(grid, { what: [name, 'checks'], columns: 'volume' }, views.active)}
      />
    </>
  )
}

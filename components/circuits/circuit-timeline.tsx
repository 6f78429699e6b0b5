'use client'

import { useQuery } from '@tanstack/react-query'
import { ChartCard } from '#components/charts/chart-card.tsx'
import { ChartSection } from '#components/charts/chart-section.tsx'
import { TimeStack } from '#components/charts/time-stack.tsx'
import { useEventsCondition } from '#components/overview/use-events-condition.ts'
import { WindowChoice } from '#components/shell/window-choice.tsx'
import { Button } from '#components/ui/button.tsx'
import { queries, TIMELINE_EVENTS } from '#lib/client/queries.ts'
import { useTimeWindow } from '#lib/client/use-time-window.ts'
import { useUrlState } from '#lib/client/use-url-state.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { resolutionFor } from '#lib/contract/resolution.ts'
import { formatCount } from '#lib/view/format.ts'
import { windowPhrase } from '#lib/view/time-window.ts'
import styles from './circuit-timeline.module.css'
import { LaneLegend } from './lane-legend.tsx'
import { Lanes } from './lanes.tsx'
import { useFleetTimeline } from './use-fleet-timeline.ts'

const FEW_LANES = 40
const MOST_LANES = 500
const LANE_HEIGHT = 24
const STEPS = 720

/** The fleet's timeline: a lane for every circuit, those that changed or were held first, over any range. */
export function CircuitTimeline() {
  const { window, zoom, zoomOut } = useTimeWindow()
  const { zone } = useZone()
  const [all, setAll] = useUrlState('lanes')
  const { data: circuits } = useQuery(queries.circuits())
  const condition = useEventsCondition(window, TIMELINE_EVENTS)
  const { view, annotations, ends, table, file } = useFleetTimeline(window, {
    mostLanes: all === null ? FEW_LANES : MOST_LANES,
    mostEvents: TIMELINE_EVENTS,
    known: circuits?.circuits,
  })
  const { from, to } = ends
  const summary = `${formatCount(view.changed)} of ${formatCount(view.total)} circuits changed or were held in ${windowPhrase(window, zone)}.`
  return (
    <ChartCard
      bar={
        <>
          <WindowChoice window={window} onZoomOut={zoomOut} />
          <LaneLegend />
        </>
      }
    >
      <div className={styles.stack}>
        <TimeStack
          range={{ from, to, resolutionMs: resolutionFor(to - from, STEPS) }}
          onZoom={zoom}
          onZoomOut={zoomOut}
        >
          <ChartSection
            title="Timeline"
            level={2}
            summary={summary}
            meta={summary.replace(/\.$/, '')}
            condition={
              condition.kind === 'ready' && view.total === 0
                ? { kind: 'empty', text: 'There is no circuit yet: one comes with each provider.' }
                : condition
            }
            height={Math.max(6, view.lanes.length + 2) * LANE_HEIGHT}
            table={table}
            file={file}
          >
            <Lanes view={view} annotations={annotations} steppable />
          </ChartSection>
        </TimeStack>
      </div>
      {view.lanes.length < Math.min(view.total, MOST_LANES) && (
        <Button variant="quiet" className={styles.more ?? ''} onClick={() => setAll('all')}>
          Show all {formatCount(Math.min(view.total, MOST_LANES))}
        </Button>
      )}
    </ChartCard>
  )
}

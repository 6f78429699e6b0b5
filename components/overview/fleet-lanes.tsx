'use client'

import { ChartSection } from '#components/charts/chart-section.tsx'
import { LaneLegend } from '#components/circuits/lane-legend.tsx'
import { Lanes } from '#components/circuits/lanes.tsx'
import { useFleetTimeline } from '#components/circuits/use-fleet-timeline.ts'
import { useTimeWindow } from '#lib/client/use-time-window.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { plural } from '#lib/view/format.ts'
import { windowInWords, windowPhrase } from '#lib/view/time-window.ts'
import styles from './fleet-lanes.module.css'
import { useEventsCondition } from './use-events-condition.ts'

const MOST_LANES = 12
/** As high as a few lanes; the style sheet has the same. */
const HEIGHT = 140

/** Every circuit that changed in the range, a lane each. */
export function FleetLanes() {
  const { window } = useTimeWindow()
  const { zone } = useZone()
  const condition = useEventsCondition(window)
  const { view, annotations, table, file } = useFleetTimeline(window, { mostLanes: MOST_LANES })
  const phrase = windowPhrase(window, zone)
  return (
    <div className={styles.card}>
      <ChartSection
        title={`Circuits, ${windowInWords(window, zone)}`}
        level={2}
        summary={`${plural(view.changed, 'circuit')} changed or ${view.changed === 1 ? 'was' : 'were'} held in ${phrase}.`}
        meta={<LaneLegend />}
        condition={
          condition.kind === 'ready' && view.lanes.length === 0
            ? { kind: 'empty', text: `No circuit opened or was held in ${phrase}.` }
            : condition
        }
        height={HEIGHT}
        table={table}
        file={file}
      >
        <Lanes view={view} annotations={annotations} />
      </ChartSection>
    </div>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Lanes } from '#components/circuits/lanes.tsx'
import { LaneLegend } from '#components/circuits/lane-legend.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { queries } from '#lib/client/queries.ts'
import { useTimeWindow } from '#lib/client/use-time-window.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { lanesView } from '#lib/view/lanes-view.ts'
import { windowInWords, windowPhrase } from '#lib/view/time-window.ts'
import { useEventsCondition } from './use-events-condition.ts'
import { useWindowEnds } from './use-window-ends.ts'

const MOST_LANES = 12

/** Every circuit that changed in the range, a lane each. */
export function FleetLanes() {
  const { window } = useTimeWindow()
  const { data: page } = useQuery(queries.events(window))
  const condition = useEventsCondition(window)
  const { zone } = useZone()
  const ends = useWindowEnds(window)
  const view = useMemo(
    () =>
      lanesView({
        initial: page?.initial ?? [],
        events: page?.items ?? [],
        truncated: (page?.nextCursor ?? null) !== null,
        ...ends,
        zone,
        mostLanes: MOST_LANES,
      }),
    [page, ends, zone],
  )
  return (
    <Panel
      title={`Circuits, ${windowInWords(window, zone)}`}
      minHeight={140}
      condition={
        condition.kind === 'ready' && view.lanes.length === 0
          ? { kind: 'empty', text: `No circuit opened or was held in ${windowPhrase(window, zone)}.` }
          : condition
      }
      meta={<LaneLegend />}
    >
      <Lanes view={view} />
    </Panel>
  )
}

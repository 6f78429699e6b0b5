'use client'

import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { Panel } from '#components/ui/panel.tsx'
import { useClock } from '#lib/client/clock.ts'
import { queries } from '#lib/client/queries.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { lanesView } from '#lib/view/lanes-view.ts'
import { parseTimeRange, rangeInWords, rangeMs } from '#lib/view/time-range.ts'
import { Lanes } from '#components/circuits/lanes.tsx'
import { LaneLegend } from '#components/circuits/lane-legend.tsx'
import { useEventsCondition } from './use-events-condition.ts'

const STEP_MS = 5_000

/** Every circuit that changed in the range, a lane each. */
export function FleetLanes({ mostLanes = 12 }: { mostLanes?: number }) {
  const range = parseTimeRange(useSearchParams().get('range'))
  const { data: page } = useQuery(queries.events(rangeMs(range)))
  const condition = useEventsCondition(rangeMs(range))
  const { zone } = useZone()
  const now = useClock((at) => Math.floor(at / STEP_MS) * STEP_MS + STEP_MS)
  const view = useMemo(
    () =>
      lanesView({
        initial: page?.initial ?? [],
        events: page?.items ?? [],
        truncated: (page?.nextCursor ?? null) !== null,
        from: now - rangeMs(range),
        now,
        zone,
        mostLanes,
      }),
    [page, now, range, zone, mostLanes],
  )
  return (
    <Panel
      title={`Circuits, ${rangeInWords(range)}`}
      minHeight={140}
      condition={
        condition.kind === 'ready' && view.lanes.length === 0
          ? { kind: 'empty', text: `No circuit opened or was held in the ${rangeInWords(range)}.` }
          : condition
      }
      meta={<LaneLegend />}
    >
      <Lanes view={view} />
    </Panel>
  )
}

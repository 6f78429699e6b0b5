'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { BREAKER_LEGEND } from '#components/charts/breaker-legend.ts'
import { chartFile } from '#components/charts/chart-file.ts'
import type { ChartFile } from '#components/charts/save-chart.tsx'
import { useWindowEnds } from '#components/overview/use-window-ends.ts'
import { useGlyphShare } from '#components/providers/use-glyph-share.ts'
import { queries } from '#lib/client/queries.ts'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import { useZone } from '#lib/client/use-zone.ts'
import type { AnnotationsView } from '#lib/view/annotations-view.ts'
import type { ChartTable } from '#lib/view/chart-table.ts'
import { fleetAnnotations } from '#lib/view/fleet-annotations.ts'
import { lanesFigures, lanesTable } from '#lib/view/lanes-table.ts'
import { type KnownCircuit, lanesView, type LanesView } from '#lib/view/lanes-view.ts'
import { type TimeWindow, windowPhrase } from '#lib/view/time-window.ts'

type Wish = {
  mostLanes: number
  /** How many events are read; the default of the query where left out. */
  mostEvents?: number
  /** Circuits that have a lane in any case. */
  known?: readonly KnownCircuit[] | undefined
}

/** The fleet's lanes with what was done meanwhile, and the same as a table and a file. */
export type FleetTimeline = {
  view: LanesView
  annotations: AnnotationsView
  ends: { from: number; to: number }
  table: ChartTable | null
  file: ChartFile
}

const NONE: readonly KnownCircuit[] = []

/** What happened to the fleet's circuits in a window, ready to draw. */
export function useFleetTimeline(
  window: TimeWindow,
  { mostLanes, mostEvents, known = NONE }: Wish,
): FleetTimeline {
  const { zone } = useZone()
  const names = useProviderNames()
  const glyphShare = useGlyphShare()
  const { data: page } = useQuery(queries.events(window, mostEvents))
  const ends = useWindowEnds(window)
  const view = useMemo(
    () =>
      lanesView({
        initial: page?.initial ?? [],
        events: page?.items ?? [],
        known,
        truncated: (page?.nextCursor ?? null) !== null,
        ...ends,
        zone,
        mostLanes,
      }),
    [page, known, ends, zone, mostLanes],
  )
  const annotations = useMemo(
    () =>
      fleetAnnotations({
        from: ends.from,
        to: ends.to,
        zone,
        events: page?.items ?? [],
        glyphShare,
        nameOf: (id) => names[id] ?? id,
      }),
    [page, ends, zone, glyphShare, names],
  )
  const table = useMemo(
    () => lanesTable(page?.items ?? [], { nameOf: (id) => names[id] ?? id, zone }),
    [page, names, zone],
  )
  const { from, to } = ends
  const file = chartFile(
    { from, to, ticks: [], bucketWords: windowPhrase(window, zone), zone },
    { what: ['circuits', 'timeline'], legend: BREAKER_LEGEND },
    () => lanesFigures(page?.items ?? []),
  )
  return { view, annotations, ends: { from, to }, table, file }
}

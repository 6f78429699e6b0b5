'use client'

import { useQuery } from '@tanstack/react-query'
import { useDataCondition } from '#components/providers/use-data-condition.ts'
import { useLive } from '#lib/client/live/live-store.ts'
import { openIncidentsQuery } from '#lib/client/open-incidents-query.ts'
import type { IncidentRow } from '#lib/contract/incident-row.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'

/** Asked for also while nothing happens, so that the page can say how fresh it is. */
export const POLL_MS = 10_000

const NONE: readonly IncidentRow[] = []

/** The open incidents, those that fire first, and what is to be said about them. */
export function useOpenList(): { incidents: readonly IncidentRow[]; condition: PanelCondition } {
  const { isPaused } = useLive()
  const { data, error } = useQuery({
    ...openIncidentsQuery(),
    refetchInterval: isPaused ? false : POLL_MS,
  })
  const condition = useDataCondition({ asOf: data?.asOf ?? null, error })
  return { incidents: data?.incidents ?? NONE, condition }
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { queries } from '#lib/client/queries.ts'
import { failureFacts } from '#lib/client/request-error.ts'
import { dataCondition, type PanelCondition } from '#lib/view/panel-condition.ts'
import type { TimeWindow } from '#lib/view/time-window.ts'

/** What a panel about past events has to say about them; the past does not age, so only failures count. */
export function useEventsCondition(window: TimeWindow, most?: number): PanelCondition {
  const { data, error, dataUpdatedAt } = useQuery(queries.events(window, most))
  return dataCondition({ asOf: data ? dataUpdatedAt : null, now: dataUpdatedAt, error: failureFacts(error) })
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { queries } from '#lib/client/queries.ts'
import type { ProviderRow } from '#lib/contract/monitor.ts'
import { isOverdue } from '#lib/view/freshness.ts'

/** Whether the provider should have been checked again by the time of the newest answer. */
export function useOverdue(row: ProviderRow): boolean {
  const { data = false } = useQuery({
    ...queries.monitor(),
    select: ({ asOf }) => isOverdue(row, Date.parse(asOf)),
  })
  return data
}

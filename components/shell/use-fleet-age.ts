'use client'

import { useQuery } from '@tanstack/react-query'
import { useClock } from '#lib/client/clock.ts'
import { queries } from '#lib/client/queries.ts'
import { freshnessOf, type Freshness } from '#lib/view/freshness.ts'

const asOfOf = ({ asOf }: { asOf: string }) => Date.parse(asOf)

/** When the server took the fleet's picture on screen (null: none yet), and whether it still speaks about now. */
export function useFleetAge(): { asOf: number | null; freshness: Freshness } {
  const { data = null } = useQuery({ ...queries.monitor(), select: asOfOf })
  const freshness = useClock((now) => (data === null ? 'fresh' : freshnessOf(data, now)))
  return { asOf: data, freshness }
}

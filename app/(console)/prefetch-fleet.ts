import type { QueryClient } from '@tanstack/react-query'
import { queries } from '#lib/client/queries.ts'
import type { Monitor } from '#lib/contract/monitor.ts'
import { heldRuntime } from '#lib/server/runtime.ts'
import { fleetAtHand } from './fleet-at-hand.ts'

/**
 * Puts the fleet's worst rows and our own health into the cache of the first paint. It is marked as old, so that it
 * never takes the place of what the browser has learnt since.
 */
export function prefetchFleet(client: QueryClient): Monitor | null {
  const runtime = heldRuntime()
  const fleet = fleetAtHand()
  if (runtime === null || fleet === null) return null
  client.setQueryData(queries.monitor().queryKey, fleet, { updatedAt: 1 })
  client.setQueryData(queries.health().queryKey, runtime.selfHealth())
  return fleet
}

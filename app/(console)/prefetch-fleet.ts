import type { QueryClient } from '@tanstack/react-query'
import { queries } from '#lib/client/queries.ts'
import type { Monitor } from '#lib/contract/monitor.ts'
import { heldRuntime } from '#lib/server/runtime.ts'
import { readMonitor } from '#lib/services/read-monitor.ts'
import { orderProviders, WORST_FIRST } from '#lib/view/provider-order.ts'

/** How many providers, worst first, the first paint of a large fleet carries; the browser fetches the rest. */
const FIRST_ROWS = 60

/**
 * Puts the fleet's worst rows and our own health into the cache of the first paint. It is marked as old, so that it
 * never takes the place of what the browser has learnt since.
 */
export function prefetchFleet(client: QueryClient): Monitor | null {
  const runtime = heldRuntime()
  if (runtime === null) return null
  const monitor = readMonitor(runtime.engine)
  const providers = orderProviders(monitor.providers, WORST_FIRST).slice(0, FIRST_ROWS)
  const first = { ...monitor, providers }
  client.setQueryData(queries.monitor().queryKey, first, { updatedAt: 1 })
  client.setQueryData(queries.health().queryKey, runtime.selfHealth())
  return first
}

import { cache } from 'react'
import type { Monitor } from '#lib/contract/monitor.ts'
import { heldRuntime } from '#lib/server/runtime.ts'
import { readMonitor } from '#lib/services/read-monitor.ts'
import { orderProviders, WORST_FIRST } from '#lib/view/provider-order.ts'

/** How many providers the first paint of a large fleet carries; the browser fetches the rest. */
const FIRST_ROWS = 60

/** The fleet with its worst providers, worst first; all parts of a page that is rendered on the server see the same. */
export const fleetAtHand = cache((): Monitor | null => {
  const runtime = heldRuntime()
  if (runtime === null) return null
  const monitor = readMonitor(runtime.engine)
  return { ...monitor, providers: orderProviders(monitor.providers, WORST_FIRST).slice(0, FIRST_ROWS) }
})

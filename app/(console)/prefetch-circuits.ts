import type { QueryClient } from '@tanstack/react-query'
import { queries } from '#lib/client/queries.ts'
import { heldRuntime } from '#lib/server/runtime.ts'
import { readCircuits } from '#lib/services/read-circuits.ts'

/** More circuits than this are left to the browser, so that the page stays small. */
const MOST_CIRCUITS = 200

/** Puts the circuits into the first paint, if they are few. */
export function prefetchCircuits(client: QueryClient): void {
  const runtime = heldRuntime()
  if (runtime === null) return
  const circuits = readCircuits(runtime.engine)
  if (circuits.length > MOST_CIRCUITS) return
  client.setQueryData(queries.circuits().queryKey, { circuits, asOf: runtime.engine.clock.now() })
}

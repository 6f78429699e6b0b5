import type { QueryClient } from '@tanstack/react-query'
import { incidentQueries } from '#lib/client/incident-queries.ts'
import { openIncidentsQuery } from '#lib/client/open-incidents-query.ts'
import type { IncidentDetail } from '#lib/contract/incident.ts'
import { isAppError } from '#lib/domain/errors.ts'
import { heldRuntime } from '#lib/server/runtime.ts'
import { readSilences } from '#lib/services/alerts/configure-silences.ts'
import { openIncidents, readIncident } from '#lib/services/alerts/read-incidents.ts'

/** More open incidents than this are left to the browser, so that a page stays small. */
const MOST_INCIDENTS = 40
const MOST_SILENCES = 60
/** A slow database does not hold the page back for longer. */
const PATIENCE_MS = 400

/** Puts the open incidents into the first paint. They are marked as old, so that they never replace what the browser knows. */
export function prefetchOpenIncidents(client: QueryClient): void {
  const runtime = heldRuntime()
  if (runtime === null) return
  const incidents = openIncidents(runtime.engine)
  if (incidents.length > MOST_INCIDENTS) return
  const asOf = new Date(runtime.engine.clock.now()).toISOString()
  client.setQueryData(openIncidentsQuery().queryKey, { incidents, asOf }, { updatedAt: 1 })
}

/** Puts the silences, and whether there are rules and channels, into the first paint of the incidents' page. */
export function prefetchIncidentsPage(client: QueryClient): void {
  const runtime = heldRuntime()
  if (runtime === null) return
  const { engine } = runtime
  const { rules, channels } = engine.alerting
  client.setQueryData(incidentQueries.setUp().queryKey, {
    hasRules: rules.size > 0,
    hasChannels: channels.size > 0,
  })
  const silences = readSilences(engine)
  const asOf = new Date(engine.clock.now()).toISOString()
  if (silences.length <= MOST_SILENCES)
    client.setQueryData(incidentQueries.silences().queryKey, { silences, asOf })
}

/** Puts one incident into the first paint if it is at hand; 'missing' when there is none, null when that is not known. */
export async function prefetchIncident(
  client: QueryClient,
  id: string,
): Promise<IncidentDetail | 'missing' | null> {
  const runtime = heldRuntime()
  if (runtime === null) return null
  const { engine } = runtime
  const found = await Promise.race([
    readIncident(engine, id).catch((error: unknown) =>
      isAppError(error) && error.code === 'not_found' ? ('missing' as const) : null,
    ),
    new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null)),
  ])
  if (found === null || found === 'missing') return found
  const asOf = new Date(engine.clock.now()).toISOString()
  client.setQueryData(incidentQueries.incident(id).queryKey, { incident: found, asOf })
  return found
}

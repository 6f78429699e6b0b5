import type { QueryClient } from '@tanstack/react-query'
import { queries } from '#lib/client/queries.ts'
import { heldRuntime } from '#lib/server/runtime.ts'
import { readEvents } from '#lib/services/read-events.ts'
import { readRecent } from '#lib/services/read-recent.ts'
import { readSettings } from '#lib/services/read-settings.ts'
import { type TimeWindow, windowMs } from '#lib/view/time-window.ts'
import { fleetAtHand } from './fleet-at-hand.ts'

/** How many rows a first screen shows with their last checks. */
const FIRST_STRIPS = 16
/** A longer past is left to the browser, so that the page stays small. */
const MOST_EVENTS = 120
/** History is a log, not a gate: a slow database does not hold the page back for longer. */
const PATIENCE_MS = 250

/** Puts the last checks of the worst providers into the first paint. */
export function prefetchRecent(client: QueryClient): void {
  const runtime = heldRuntime()
  const fleet = fleetAtHand()
  if (runtime === null || fleet === null) return
  const { asOf, providers } = fleet
  const ids = providers.slice(0, FIRST_STRIPS).map(({ id }) => id)
  for (const [id, recent] of Object.entries(readRecent(runtime.engine, ids).items)) {
    client.setQueryData(queries.recent(id).queryKey, recent, { updatedAt: Date.parse(asOf) })
  }
}

/** Puts the settings in force into the first paint. */
export function prefetchSettings(client: QueryClient): void {
  const runtime = heldRuntime()
  if (runtime !== null) client.setQueryData(queries.settings().queryKey, readSettings(runtime.engine))
}

/** Puts the window's events into the first paint, if they are few and at hand. */
export async function prefetchEvents(client: QueryClient, window: TimeWindow, most?: number): Promise<void> {
  const runtime = heldRuntime()
  if (runtime === null) return
  const { engine } = runtime
  const range =
    window.kind === 'live'
      ? { from: engine.clock.now() - windowMs(window) }
      : { from: window.from, to: window.to }
  const page = await Promise.race([
    readEvents(engine, { providerId: null, model: undefined, ...range, limit: MOST_EVENTS }).catch(
      () => null,
    ),
    new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null)),
  ])
  if (page !== null && page.nextCursor === null)
    client.setQueryData(queries.events(window, most).queryKey, page)
}

import type { WindowCounts } from '#lib/services/alerts/window-counts.ts'
import type { Bus } from '#lib/services/engine.ts'
import type { Journal } from '#lib/services/ports.ts'
import type { Logger } from './log.ts'
import type { watchSelfHealth } from './self-health.ts'

type Listeners = {
  health: Pick<ReturnType<typeof watchSelfHealth>, 'hear'>
  counts: Pick<WindowCounts, 'recordCheck'>
  journal: Pick<Journal, 'onStatus'>
  log: Logger
  tellHealth: () => void
}

/** Has checks counted for our own health and for the windows of alerts, and tells when the database goes and comes back. */
export function hearFleet(bus: Bus, { health, counts, journal, log, tellHealth }: Listeners): () => void {
  const stopHearing = bus.on((event) => {
    health.hear(event)
    if (event.type === 'check') counts.recordCheck(event.check)
  })
  const stopWatching = journal.onStatus((status) => {
    log.warn(status, status.state === 'ok' ? 'the database is back' : 'the database is away')
    tellHealth()
  })
  return () => {
    stopHearing()
    stopWatching()
  }
}

import type { Bus } from '#lib/services/engine.ts'
import type { Journal } from '#lib/services/ports.ts'
import type { Logger } from './log.ts'
import type { watchSelfHealth } from './self-health.ts'

type Listeners = {
  health: Pick<ReturnType<typeof watchSelfHealth>, 'hear'>
  journal: Pick<Journal, 'onStatus'>
  log: Logger
  tellHealth: () => void
}

/** Has our own health hear of the fleet, and tells when the database goes and comes back. */
export function hearOwnHealth(bus: Bus, { health, journal, log, tellHealth }: Listeners): () => void {
  const stopHearing = bus.on(health.hear)
  const stopWatching = journal.onStatus((status) => {
    log.warn(status, status.state === 'ok' ? 'the database is back' : 'the database is away')
    tellHealth()
  })
  return () => {
    stopHearing()
    stopWatching()
  }
}

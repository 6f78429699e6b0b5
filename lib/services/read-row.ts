import type { ProviderRow } from '#lib/contract/monitor.ts'
import type { Engine } from './engine.ts'
import { presentRow } from './present/row.ts'

/** The provider's row as it stands; null when there is no such provider (any more). */
export function readRow({ fleet, scheduler, clock }: Engine, providerId: string): ProviderRow | null {
  const entry = fleet.entries.get(providerId)
  if (entry === undefined) return null
  const now = clock.now()
  return presentRow(entry, {
    now,
    nextCheckAt: scheduler.nextCheckAt(providerId),
    fleetTraffic: fleet.hour.trafficVolume(now),
  })
}

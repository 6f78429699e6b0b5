import type { Monitor } from '#lib/contract/monitor.ts'
import { fleetStats } from '#lib/domain/fleet-stats.ts'
import { advanceFleet } from './advance-fleet.ts'
import type { Engine } from './engine.ts'
import { presentRow } from './present/row.ts'
import { iso } from './present/time.ts'

/** The whole fleet as it stands, with the stream's position it was read at. */
export function readMonitor({ fleet, scheduler, clock, streamSeq, bootId }: Engine): Monitor {
  advanceFleet(fleet)
  const now = clock.now()
  const fleetTraffic = fleet.hour.trafficVolume(now)
  const providers = [...fleet.entries.values()].map((entry) =>
    presentRow(entry, { now, nextCheckAt: scheduler.nextCheckAt(entry.provider.id), fleetTraffic }),
  )
  return { asOf: iso(now), seq: streamSeq(), bootId, stats: fleetStats(providers), providers }
}

import type { ProviderDetail } from '#lib/contract/monitor.ts'
import { mergeThresholds } from '#lib/contract/settings.ts'
import { advanceFleet } from './advance-fleet.ts'
import type { Engine } from './engine.ts'
import { entryOf } from './fleet.ts'
import { presentCheck } from './present/check.ts'
import { presentCircuit } from './present/circuit.ts'
import { presentProvider } from './present/provider.ts'
import { presentRecent } from './present/recent.ts'
import { presentRow } from './present/row.ts'
import { iso } from './present/time.ts'
import type { ProviderEntry } from './provider-entry.ts'

/** One provider: its configuration, how it stands, and the thresholds in force for it. Throws `not_found`. */
export function readProvider({ fleet, scheduler, clock }: Engine, id: string): ProviderDetail {
  advanceFleet(fleet)
  const now = clock.now()
  const entry = entryOf(fleet, id)
  const { breaker } = entry.policies
  return {
    asOf: iso(now),
    provider: presentProvider(entry.provider, entry.thresholds),
    snapshot: {
      ...presentRow(entry, {
        now,
        nextCheckAt: scheduler.nextCheckAt(id),
        fleetTraffic: fleet.hour.trafficVolume(now),
      }),
      lastCheck: entry.lastCheck && presentCheck(entry.lastCheck),
      circuit: presentCircuit(entry.own, breaker, now),
      models: [...entry.models.values()].map((slot) => presentCircuit(slot, breaker, now)),
      recent: entry.recent.list().map(presentRecent),
      inFlight: entry.inFlight + entry.calls,
    },
    thresholds: thresholdsInForce(entry, fleet.settings.settings),
  }
}

type Groups = Parameters<typeof mergeThresholds>[0]

function thresholdsInForce(entry: ProviderEntry, defaults: Groups): ProviderDetail['thresholds'] {
  const merged = mergeThresholds(defaults, entry.thresholds)
  const own = entry.thresholds
  return [
    ...rowsOf('monitor', { interval: merged.monitor.interval, timeout: merged.monitor.timeout }, own.monitor),
    ...rowsOf('health', merged.health, own.health),
    ...rowsOf('breaker', merged.breaker, own.breaker),
  ]
}

const rowsOf = (
  group: ProviderDetail['thresholds'][number]['group'],
  values: Record<string, string | number | null>,
  own: Record<string, unknown> | undefined,
): ProviderDetail['thresholds'] =>
  Object.entries(values).map(([field, value]) => ({
    group,
    field,
    value,
    inherited: own?.[field] === undefined || own[field] === null,
  }))

import type { Author } from '#lib/domain/access/author.ts'
import { policiesOf } from '#lib/contract/policies.ts'
import type { Settings } from '#lib/contract/settings.ts'
import { thresholdsOf } from '#lib/contract/thresholds-of.ts'
import type { Provider } from '#lib/domain/provider.ts'
import { newHealth } from '#lib/domain/health.ts'
import { newSlidingLatency } from '#lib/domain/sliding-latency.ts'
import { newTrafficSample } from '#lib/domain/traffic-sample.ts'
import { advanceFleet } from './advance-fleet.ts'
import { driveCircuit } from './drive-circuit.ts'
import { slotsOf, type Fleet } from './fleet.ts'
import { judgeProvider } from './judge-provider.ts'
import { newEntry, type ProviderEntry } from './provider-entry.ts'
import type { SettingsRecord } from './records.ts'

/** Puts a new provider into the fleet. */
export function addProvider(fleet: Fleet, provider: Provider): ProviderEntry {
  const entry = newEntry(provider, fleet.settings.settings, fleet.clock.now())
  fleet.entries.set(provider.id, entry)
  fleet.slots.set(entry.own.key, entry.own)
  judgeProvider(fleet, entry, null)
  fleet.bus.emit({ type: 'row', providerId: provider.id })
  return entry
}

/** Whether the change makes another upstream of it, so that what was learnt of the old one no longer holds. */
export const isAnotherUpstream = (before: Provider, after: Provider): boolean =>
  before.kind !== after.kind ||
  before.baseUrl !== after.baseUrl ||
  JSON.stringify(before.key) !== JSON.stringify(after.key)

/** Gives a provider its new configuration; another upstream starts with new averages and circuits. */
export function changeProvider(
  fleet: Fleet,
  entry: ProviderEntry,
  { provider, author }: { provider: Provider; author: Author },
): void {
  const startsAnew = isAnotherUpstream(entry.provider, provider)
  entry.provider = provider
  if (startsAnew) startAnew(fleet, entry, author)
  judgeProvider(fleet, entry, null)
  fleet.bus.emit({ type: 'row', providerId: provider.id })
}

function startAnew(fleet: Fleet, entry: ProviderEntry, author: Author): void {
  const at = fleet.clock.now()
  entry.epoch += 1
  entry.health = newHealth(at)
  entry.latency = newSlidingLatency()
  entry.traffic = newTrafficSample()
  fleet.openSeconds.delete(entry.provider.id)
  entry.unreachedSince = null
  entry.refusal = null
  entry.peakEwma = null
  entry.p95 = null
  fleet.recorder.prepare(entry, fleet.settings.version, at)
  const reason = 'base URL, kind or key changed'
  const event = { type: 'reset', at, to: 'closed', cause: 'settings', actor: author.actor, reason } as const
  for (const slot of slotsOf(entry)) {
    driveCircuit(fleet, slot, { event })
    fleet.recorder.command(entry, slot.model, event)
  }
}

/** Takes a provider out of the fleet; its history stays. */
export function dropProvider(fleet: Fleet, entry: ProviderEntry): void {
  const { id } = entry.provider
  advanceFleet(fleet)
  fleet.recorder.stop(entry, fleet.clock.now())
  for (const slot of slotsOf(entry)) {
    fleet.slots.delete(slot.key)
    fleet.deadlines.remove(slot.key)
  }
  fleet.entries.delete(id)
  fleet.openSeconds.delete(id)
  fleet.unsavedHealth.delete(id)
  fleet.bus.emit({ type: 'removed', providerId: id })
}

/** Puts a version of the settings in force: new thresholds hold from the next step, deadlines already set stand. */
export function putSettingsInForce(fleet: Fleet, record: SettingsRecord): void {
  // What is due by now happened under the thresholds before, whenever it is noticed.
  advanceFleet(fleet)
  const at = fleet.clock.now()
  for (const entry of fleet.entries.values()) {
    fleet.recorder.prepare(entry, fleet.settings.version, at)
    fleet.recorder.settings(entry, record.version, at)
  }
  fleet.settings = record
  for (const entry of fleet.entries.values()) adoptSettings(fleet, entry, record.settings)
  fleet.bus.emit({ type: 'settings', version: record.version })
}

function adoptSettings(fleet: Fleet, entry: ProviderEntry, settings: Settings): void {
  entry.thresholds = thresholdsOf(settings, entry.provider.id)
  entry.policies = policiesOf(settings, entry.thresholds)
  judgeProvider(fleet, entry, null)
  fleet.bus.emit({ type: 'row', providerId: entry.provider.id })
}

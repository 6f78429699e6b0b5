import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { restoreCircuit } from '#lib/domain/breaker.ts'
import { advanceFleet } from './advance-fleet.ts'
import { circuitKey, newSlot } from './circuit-slot.ts'
import { addProvider } from './configure-provider.ts'
import { emptyEntry, scheduleDeadline } from './drive-circuit.ts'
import type { Fleet } from './fleet.ts'
import { rememberCheck } from './provider-entry.ts'
import type { RestoredState, StoredCircuit } from './records.ts'

/**
 * Fills a new fleet with what was kept: settings, providers, circuits, averages and last checks. What came due
 * while the process was down is recorded with the time it was due.
 */
export function restoreFleet(fleet: Fleet, restored: RestoredState): void {
  if (restored.settings === null) putDefaults(fleet, restored.lastSettingsVersion ?? 0)
  else fleet.settings = restored.settings
  for (const provider of restored.providers) addProvider(fleet, provider)
  for (const stored of restored.circuits) putCircuit(fleet, stored)
  for (const { providerId, health, lastCheckAt, spent } of restored.health) {
    const entry = fleet.entries.get(providerId)
    if (entry !== undefined) Object.assign(entry, { health, lastCheckAt, spent })
  }
  for (const check of restored.recent) {
    const entry = fleet.entries.get(check.providerId)
    if (entry !== undefined) rememberCheck(entry, check)
  }
  const at = fleet.clock.now()
  for (const entry of fleet.entries.values()) fleet.recorder.start(entry, fleet.settings.version, at)
  advanceFleet(fleet)
}

/** Puts the defaults in force as the next version: the first one, or the one after settings that cannot be read. */
function putDefaults(fleet: Fleet, lastVersion: number): void {
  fleet.settings = {
    version: lastVersion + 1,
    at: fleet.clock.now(),
    actor: 'switchyard',
    reason:
      lastVersion === 0 ? 'the defaults of a new installation' : 'the stored settings could not be read',
    settings: DEFAULT_SETTINGS,
  }
  void fleet.journal.commit({ ...emptyEntry, settings: [fleet.settings] })
}

function putCircuit(fleet: Fleet, { providerId, model, circuit }: StoredCircuit): void {
  const entry = fleet.entries.get(providerId)
  if (entry === undefined) return
  const slot = newSlot({ providerId, model }, fleet.clock.now(), restoreCircuit(circuit))
  if (model === null) entry.own = slot
  else entry.models.set(model, slot)
  fleet.slots.set(circuitKey(slot), slot)
  scheduleDeadline(fleet, slot)
}

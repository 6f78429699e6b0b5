import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { DeadlineQueue } from '#lib/domain/deadline-queue.ts'
import { notFound } from '#lib/domain/errors.ts'
import { newLastHour, type LastHour } from '#lib/domain/last-hour.ts'
import type { CircuitSlot } from './circuit-slot.ts'
import type { Bus } from './engine.ts'
import { OutcomeRecorder } from './outcome-recorder.ts'
import type { Clock, Journal } from './ports.ts'
import type { ProviderEntry } from './provider-entry.ts'
import type { CircuitAddress, SettingsRecord } from './records.ts'
import { TrafficRows } from './traffic-rows.ts'

/** What the fleet needs of the world: the time, where to tell, where to write, and names for records. */
export type FleetWorld = {
  clock: Clock
  bus: Bus
  journal: Journal
  newId: () => string
}

/**
 * The live state of all providers. It is changed only by `observeOutcome`, `applyCommand`, `advanceFleet` and the
 * configuration verbs, each of them synchronous from reading a circuit to writing it back.
 */
export type Fleet = FleetWorld & {
  settings: SettingsRecord
  /** False while the settings in force are not yet on disk. */
  settingsPersisted: boolean
  entries: Map<string, ProviderEntry>
  /** Every circuit by its key. */
  slots: Map<string, CircuitSlot>
  /** When each circuit changes by itself, by its key. */
  deadlines: DeadlineQueue
  /** Providers with traffic in a second that has not been made a sample yet. */
  openSeconds: Set<string>
  /** Traffic of the last moment that history has not been told of yet. */
  trafficRows: TrafficRows
  /** Writes down what moves circuits, for replay. */
  recorder: OutcomeRecorder
  /** Providers whose averages changed since they were last handed to the journal. */
  unsavedHealth: Set<string>
  /** The whole fleet's traffic of the last hour, for shares. */
  hour: LastHour
}

/** A fleet without providers, under the default settings. */
export function createFleet(world: FleetWorld): Fleet {
  return {
    ...world,
    settings: {
      version: 0,
      at: world.clock.now(),
      actor: 'switchyard',
      reason: null,
      settings: DEFAULT_SETTINGS,
    },
    settingsPersisted: true,
    entries: new Map(),
    slots: new Map(),
    deadlines: new DeadlineQueue(),
    openSeconds: new Set(),
    trafficRows: new TrafficRows(),
    recorder: new OutcomeRecorder(),
    unsavedHealth: new Set(),
    hour: newLastHour(),
  }
}

/** The provider's live entry; throws `not_found`. */
export function entryOf(fleet: Fleet, providerId: string): ProviderEntry {
  const entry = fleet.entries.get(providerId)
  if (entry === undefined) throw notFound('provider', providerId)
  return entry
}

/** The circuit at an address; throws `not_found` for a provider or model without one. */
export function slotOf(fleet: Fleet, { providerId, model }: CircuitAddress): CircuitSlot {
  const entry = entryOf(fleet, providerId)
  if (model === null) return entry.own
  const slot = entry.models.get(model)
  if (slot === undefined) throw notFound('circuit', `${providerId}, model ${model}`)
  return slot
}

/** The provider's own circuit and its models'. */
export const slotsOf = (entry: ProviderEntry): CircuitSlot[] => [entry.own, ...entry.models.values()]

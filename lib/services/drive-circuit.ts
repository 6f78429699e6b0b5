import type { AuditRecord } from '#lib/domain/audit.ts'
import { step, type BreakerEvent } from '#lib/domain/breaker.ts'
import { deadlineOf } from '#lib/domain/breaker-advance.ts'
import type { Change } from '#lib/domain/circuit-change.ts'
import { rememberOpening, type CircuitSlot } from './circuit-slot.ts'
import { entryOf, type Fleet } from './fleet.ts'
import { presentCircuitEvent, presentTransition } from './present/event.ts'
import type { JournalEntry } from './records.ts'

/** A step taken, and when what it recorded is on disk. */
export type Driven = { step: Change; persisted: Promise<void> }

const NOTHING_TO_WRITE = Promise.resolve()

/** An entry with nothing in it. */
export const emptyEntry: JournalEntry = {
  transitions: [],
  events: [],
  circuits: [],
  audit: [],
  markers: [],
  settings: [],
  providersSaved: [],
  providersDeleted: [],
  providersReset: [],
  routesSaved: [],
  routesDeleted: [],
  clientKeysSaved: [],
  clientKeysDeleted: [],
  apiKeysSaved: [],
  apiKeysDeleted: [],
  alerting: null,
}

/**
 * Takes one circuit of the fleet through one event: state, deadline, journal and bus, in this order and without
 * a pause. `audit` is written in the same transaction.
 */
export function driveCircuit(
  fleet: Fleet,
  slot: CircuitSlot,
  { event, audit = [] }: { event: BreakerEvent; audit?: readonly AuditRecord[] },
): Driven {
  const taken = step(slot.circuit, event, entryOf(fleet, slot.providerId).policies.breaker)
  if (taken.circuit !== slot.circuit) {
    slot.circuit = taken.circuit
    scheduleDeadline(fleet, slot)
  }
  const silent = taken.transitions.length === 0 && taken.events.length === 0 && audit.length === 0
  return { step: taken, persisted: silent ? NOTHING_TO_WRITE : record(fleet, slot, { taken, audit }) }
}

/** Puts the circuit's next deadline into the fleet's queue. */
export function scheduleDeadline(fleet: Fleet, slot: CircuitSlot): void {
  const deadline = deadlineOf(slot.circuit)
  if (deadline === null) fleet.deadlines.remove(slot.key)
  else fleet.deadlines.set(slot.key, deadline)
}

function record(
  fleet: Fleet,
  slot: CircuitSlot,
  { taken, audit }: { taken: Change; audit: readonly AuditRecord[] },
): Promise<void> {
  const { providerId, model } = slot
  const transitions = taken.transitions.map((transition) => ({
    providerId,
    model,
    id: fleet.newId(),
    transition,
  }))
  const events = taken.events.map((event) => ({ providerId, model, id: fleet.newId(), event }))
  const { counts } = entryOf(fleet, providerId)
  for (const { transition } of transitions) {
    counts.countTransition(model === null ? 'provider' : 'model', transition.to)
    if (transition.to !== 'open') continue
    rememberOpening(slot, transition.at)
    slot.openedBy = transition.cause
  }
  const circuits = [{ providerId, model, circuit: slot.circuit }]
  const persisted = fleet.journal.commit({ ...emptyEntry, transitions, events, circuits, audit })
  for (const entry of transitions) fleet.bus.emit({ type: 'record', record: presentTransition(entry, false) })
  for (const entry of events) fleet.bus.emit({ type: 'record', record: presentCircuitEvent(entry, false) })
  // A call that asks may be the first to notice that something came to its end: then nobody else tells of the row.
  fleet.bus.emit({ type: 'row', providerId })
  return persisted
}

import { flush, flushDueAt } from '#lib/domain/traffic-sample.ts'
import { driveCircuit, scheduleDeadline } from './drive-circuit.ts'
import { entryOf, type Fleet } from './fleet.ts'
import { judgeProvider, takeSample } from './judge-provider.ts'
import { recordTraffic } from './observe-outcome.ts'
import type { StoredHealth } from './records.ts'

/**
 * Brings the fleet to its clock's time: circuits whose deadline has come, and seconds of traffic that are over.
 * Returns the ids of the providers it touched; cheap when nothing is due.
 */
export function advanceFleet(fleet: Fleet): Set<string> {
  const touched = new Set<string>()
  const at = fleet.clock.now()
  for (const { id } of fleet.deadlines.popDue(at)) {
    const slot = fleet.slots.get(id)
    if (slot === undefined) continue
    driveCircuit(fleet, slot, { event: { type: 'advance', at } })
    scheduleDeadline(fleet, slot)
    judgeProvider(fleet, entryOf(fleet, slot.providerId), null)
    touched.add(slot.providerId)
  }
  for (const id of fleet.openSeconds) {
    if (finishSecond(fleet, id, at)) touched.add(id)
  }
  if (fleet.trafficRows.dueAt !== null && fleet.trafficRows.dueAt <= at) {
    for (const id of recordTraffic(fleet)) touched.add(id)
  }
  for (const providerId of touched) fleet.bus.emit({ type: 'row', providerId })
  return touched
}

function finishSecond(fleet: Fleet, id: string, at: number): boolean {
  const entry = fleet.entries.get(id)
  if (entry === undefined) return fleet.openSeconds.delete(id)
  const { traffic, finished } = flush(entry.traffic, at)
  entry.traffic = traffic
  if (traffic.second === null) fleet.openSeconds.delete(id)
  if (finished === null) return false
  takeSample(fleet, entry, finished)
  return true
}

/** When `advanceFleet` will next have something to do, epoch ms; null when nothing is to come. */
export function nextDeadline(fleet: Fleet): number | null {
  const rowsDueAt = fleet.trafficRows.dueAt ?? Number.POSITIVE_INFINITY
  let next = Math.min(fleet.deadlines.peek()?.at ?? Number.POSITIVE_INFINITY, rowsDueAt)
  for (const id of fleet.openSeconds) {
    const entry = fleet.entries.get(id)
    next = Math.min(next, (entry && flushDueAt(entry.traffic)) ?? next)
  }
  return next === Number.POSITIVE_INFINITY ? null : next
}

/** Hands the averages that changed since the last call to the journal. */
export function saveAverages(fleet: Fleet): void {
  const rows: StoredHealth[] = []
  for (const id of fleet.unsavedHealth) {
    const entry = fleet.entries.get(id)
    if (entry === undefined) continue
    rows.push({ providerId: id, health: entry.health, lastCheckAt: entry.lastCheckAt, spent: entry.spent })
  }
  fleet.unsavedHealth.clear()
  if (rows.length > 0) fleet.journal.saveHealth(rows)
}

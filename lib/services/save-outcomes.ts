import { advanceFleet } from './advance-fleet.ts'
import type { Fleet } from './fleet.ts'

/** Hands what was recorded since the last time to the journal. */
export function saveOutcomes(fleet: Fleet): void {
  const part = fleet.recorder.take(fleet.entries.values(), fleet.clock.now())
  if (part !== null) fleet.journal.appendOutcomes(part)
}

/** The program stops: nothing more is recorded, and what was is handed to the journal. */
export function stopRecording(fleet: Fleet): void {
  advanceFleet(fleet)
  const at = fleet.clock.now()
  for (const entry of fleet.entries.values()) fleet.recorder.stop(entry, at)
  saveOutcomes(fleet)
}

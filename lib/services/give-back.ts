import type { Permit } from '#lib/domain/circuit.ts'
import type { CircuitSlot } from './circuit-slot.ts'
import { driveCircuit } from './drive-circuit.ts'
import type { Fleet } from './fleet.ts'

/** Gives back the permit of a call that says nothing of the circuit: its lease is free again, and nothing else moves. */
export function giveBack(fleet: Fleet, slot: CircuitSlot, permit: Permit): void {
  // The provider may be gone, or be another one under its id; then there is no such circuit any more.
  if (fleet.slots.get(slot.key) !== slot) return
  driveCircuit(fleet, slot, {
    event: {
      type: 'settle',
      at: fleet.clock.now(),
      permit,
      verdict: 'neutral',
      slow: false,
      error: null,
      cooling: null,
    },
  })
}

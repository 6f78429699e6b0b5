import type { CircuitSnapshot } from '#lib/contract/circuit.ts'
import { advanceFleet } from './advance-fleet.ts'
import type { Engine } from './engine.ts'
import { entryOf, slotOf } from './fleet.ts'
import { presentCircuit } from './present/circuit.ts'
import type { CircuitAddress } from './records.ts'

/** The circuit at an address as it stands; throws `not_found`. */
export function readCircuit(
  { fleet, clock }: Pick<Engine, 'fleet' | 'clock'>,
  address: CircuitAddress,
): CircuitSnapshot {
  advanceFleet(fleet)
  return presentCircuit(
    slotOf(fleet, address),
    entryOf(fleet, address.providerId).policies.breaker,
    clock.now(),
  )
}

import type { CircuitSnapshot } from '#lib/contract/circuit.ts'
import { advanceFleet } from './advance-fleet.ts'
import type { Engine } from './engine.ts'
import { slotsOf } from './fleet.ts'
import { presentCircuit } from './present/circuit.ts'

/** Every circuit as it stands: each provider's own, followed by its models'. */
export function readCircuits({ fleet, clock }: Engine): CircuitSnapshot[] {
  advanceFleet(fleet)
  const now = clock.now()
  return [...fleet.entries.values()].flatMap((entry) =>
    slotsOf(entry).map((slot) => presentCircuit(slot, entry.policies.breaker, now)),
  )
}

import type { Author } from '#lib/domain/access/author.ts'
import type { CircuitCommandResult } from '#lib/contract/circuit.ts'
import { commandCircuit } from './command-circuit.ts'
import type { Engine } from './engine.ts'
import type { CircuitAddress } from './records.ts'

/** Takes a circuit's override away; nothing happens, and nothing is recorded, where there is none. */
export function releaseOverride(
  engine: Engine,
  address: CircuitAddress,
  { input, author }: { input: { reason?: string | undefined }; author: Author },
): Promise<CircuitCommandResult> {
  const reason = input.reason ?? null
  return commandCircuit(engine, address, {
    event: { type: 'release', at: engine.clock.now(), actor: author.actor, reason },
    action: { action: 'circuit.release', summary: 'override released', reason, ...author },
  })
}

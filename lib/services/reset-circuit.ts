import type { Author } from '#lib/domain/access/author.ts'
import type { CircuitCommandResult, ResetCircuit } from '#lib/contract/circuit.ts'
import { commandCircuit } from './command-circuit.ts'
import type { Engine } from './engine.ts'
import type { CircuitAddress } from './records.ts'

/** Starts a circuit anew, half-open or closed, without its window, counters and cooling. */
export function resetCircuit(
  engine: Engine,
  address: CircuitAddress,
  { input: { to, reason }, author }: { input: ResetCircuit; author: Author },
): Promise<CircuitCommandResult> {
  return commandCircuit(engine, address, {
    event: { type: 'reset', at: engine.clock.now(), to, actor: author.actor, reason },
    action: {
      action: 'circuit.reset',
      summary: `reset to ${to === 'closed' ? 'closed' : 'half-open'}`,
      reason,
      ...author,
    },
  })
}

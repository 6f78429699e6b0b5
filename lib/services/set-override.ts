import type { CircuitCommandResult, SetOverride } from '#lib/contract/circuit.ts'
import { parseDuration } from '#lib/contract/duration.ts'
import { commandCircuit } from './command-circuit.ts'
import type { Engine } from './engine.ts'
import type { CircuitAddress } from './records.ts'

const WORDS = { forced_open: 'forced open', forced_closed: 'forced closed', shadow: 'put in shadow' } as const

/** Lays an override over a circuit, in place of any other. It holds at once; the answer says whether it is on disk. */
export function setOverride(
  engine: Engine,
  address: CircuitAddress,
  { input: { mode, reason, ttl }, actor }: { input: SetOverride; actor: string },
): Promise<CircuitCommandResult> {
  const at = engine.clock.now()
  const until = at + (parseDuration(ttl) ?? 0)
  return commandCircuit(engine, address, {
    event: { type: 'force', at, override: { mode, actor, reason, since: at, until, failingSince: null } },
    action: { action: 'circuit.force', summary: `${WORDS[mode]} for ${ttl}`, reason, actor },
  })
}

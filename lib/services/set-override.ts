import type { Author } from '#lib/domain/access/author.ts'
import type { CircuitCommandResult, SetOverride } from '#lib/contract/circuit.ts'
import { parseDuration } from '#lib/contract/duration.ts'
import { AppError } from '#lib/domain/errors.ts'
import { commandCircuit } from './command-circuit.ts'
import type { Engine } from './engine.ts'
import { entryOf, slotOf } from './fleet.ts'
import type { CircuitAddress } from './records.ts'
import { routesWithout } from './routing/last-member.ts'

const WORDS = { forced_open: 'forced open', forced_closed: 'forced closed', shadow: 'put in shadow' } as const

/**
 * Lays an override over a circuit, in place of any other. It holds at once; the answer says whether it is on disk.
 * Forcing open the last eligible member of a route wants the provider's name in `confirm`; without it the refusal is a
 * `conflict` whose facts name the routes.
 */
export async function setOverride(
  engine: Engine,
  address: CircuitAddress,
  { input, author }: { input: SetOverride; author: Author },
): Promise<CircuitCommandResult> {
  const { mode, reason, ttl } = input
  if (mode === 'forced_open') refuseUnconfirmed(engine, address, input.confirm)
  const at = engine.clock.now()
  const until = at + (parseDuration(ttl) ?? 0)
  return commandCircuit(engine, address, {
    event: {
      type: 'force',
      at,
      override: { mode, actor: author.actor, reason, since: at, until, failingSince: null },
    },
    action: { action: 'circuit.force', summary: `${WORDS[mode]} for ${ttl}`, reason, ...author },
  })
}

function refuseUnconfirmed(engine: Engine, address: CircuitAddress, confirm: string | undefined): void {
  // A circuit there is not is complained about as such.
  slotOf(engine.fleet, address)
  const { name } = entryOf(engine.fleet, address.providerId).provider
  if (confirm?.trim() === name) return
  const routes = routesWithout(engine, address)
  if (routes.length === 0) return
  const which = routes.map((route) => `"${route}"`).join(', ')
  throw new AppError(
    'conflict',
    `${name} is the last eligible member of ${which}: forced open, requests there would find nobody.`,
    {
      fields: [{ path: 'confirm', message: `type the provider's name, ${name}, to do it all the same` }],
      facts: { routes },
    },
  )
}

import { givenBack } from '#lib/domain/two-level-calls.ts'
import { driveCircuit } from './drive-circuit.ts'
import type { Fleet } from './fleet.ts'
import type { Permits } from './observe-outcome.ts'
import type { ProviderEntry } from './provider-entry.ts'

/** Gives back the permits of a call that says nothing of the circuits: its leases are free again, and nothing else moves. */
export function giveBack(fleet: Fleet, entry: ProviderEntry, { provider, model, asked }: Permits): void {
  // The provider may be gone, or be another one under its id; then there are no such circuits any more.
  if (fleet.entries.get(entry.provider.id) !== entry) return
  const at = fleet.clock.now()
  fleet.recorder.prepare(entry, fleet.settings.version, at)
  const slot = asked.model === null ? undefined : entry.models.get(asked.model)
  if (provider !== null) driveCircuit(fleet, entry.own, { event: givenBack(provider, at) })
  if (model !== null && slot !== undefined) driveCircuit(fleet, slot, { event: givenBack(model, at) })
  fleet.recorder.abandon(entry, asked, { at, gaveBack: true })
}

/** Forgets a call that can move nothing any more, because its provider was changed under it. */
export function dropCall(fleet: Fleet, entry: ProviderEntry, { asked }: Permits): void {
  if (fleet.entries.get(entry.provider.id) !== entry) return
  const at = fleet.clock.now()
  fleet.recorder.prepare(entry, fleet.settings.version, at)
  fleet.recorder.abandon(entry, asked, { at, gaveBack: false })
}

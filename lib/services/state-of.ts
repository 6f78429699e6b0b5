import type { Circuit, Permit } from '#lib/domain/circuit.ts'
import type { ProviderState } from '#lib/domain/replay/provider-state.ts'
import type { Asked } from './ended-call.ts'
import { slotsOf } from './fleet.ts'
import type { ProviderEntry } from './provider-entry.ts'

/** The calls under way of a provider, the place of the newest record or question, and the settings in force. */
type UnderWay = { open: Iterable<Asked>; place: number; version: number }

/** How the provider's circuits stand, and the calls under way whose permits do not go without saying. */
export function stateOf(entry: ProviderEntry, { open, place, version }: UnderWay): ProviderState {
  const openCalls = [...open]
    .filter((asked) => !isUsual(entry, asked))
    // The place that the state itself will have.
    .map((asked) => ({ distance: place + 1 - asked.place, permits: asked.permits }))
  const circuits = slotsOf(entry).map(({ model, circuit, lastTrafficAt }) => ({
    model,
    circuit,
    lastTrafficAt,
  }))
  return { bornAt: entry.provider.createdAt, version, circuits, openCalls }
}

/** Whether the call would get the same permits if it asked now. */
function isUsual(entry: ProviderEntry, { model, permits }: Asked): boolean {
  const slot = model === null ? undefined : entry.models.get(model)
  return (
    isAsNow(permits.provider, entry.own.circuit) &&
    (slot === undefined || isAsNow(permits.model, slot.circuit))
  )
}

const isAsNow = (permit: Permit | null, { state, generation, cooling, override }: Circuit) =>
  permit?.kind === 'pass' &&
  state === 'closed' &&
  permit.generation === generation &&
  cooling === null &&
  override === null

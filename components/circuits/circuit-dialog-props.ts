import type { CircuitAddress } from '#lib/client/commands.ts'
import type { CircuitSnapshot } from '#lib/contract/circuit.ts'

/** What every dialog about one circuit needs. `name` is the provider's. */
export type CircuitDialogProps = {
  address: CircuitAddress
  name: string
  circuit: CircuitSnapshot
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** The circuit in words: the provider's name, or `gpt-4o of openai-prod`. */
export const circuitName = (address: CircuitAddress, name: string): string =>
  address.model === null ? name : `${address.model} of ${name}`

/** What a toast adds when a command holds but is not on disk yet; null when it is. */
export const persistedNote = (persisted: boolean): string | null =>
  persisted ? null : 'In force, not yet on disk: it is written as soon as the database answers.'

import { newCircuit } from '#lib/domain/breaker.ts'
import type { Circuit, TransitionCause } from '#lib/domain/circuit.ts'
import type { Provider } from '#lib/domain/provider.ts'
import type { Candidate } from '#lib/domain/routing/candidate.ts'
import type { TokenUsage } from '#lib/domain/token-usage.ts'
import type { CircuitAddress } from './records.ts'

/** The place of one circuit in the fleet: its address, what it is now, and when it opened lately. */
export type CircuitSlot = CircuitAddress & {
  key: string
  circuit: Circuit
  /** The end of the newest traffic, epoch ms; 0 before any. */
  lastTrafficAt: number
  /** What traffic used of a model's tokens; null before any. */
  tokens: TokenUsage | null
  /** What the model costs, as worked out for this state of its provider; null before anybody asked. */
  price: { provider: Provider; price: Candidate['price'] } | null
  /** When it opened, ascending, at least the last 24 h of it. */
  openedAt: number[]
  /** Why it last opened, as far as this process has seen it. */
  openedBy: TransitionCause | null
}

/** A circuit cannot open more often than this in a day at the shortest open time that makes sense. */
const KEPT_OPENINGS = 10_000

/** The circuit's name in the fleet and the seed of its jitter. */
export const circuitKey = ({ providerId, model }: CircuitAddress) =>
  model === null ? providerId : `${providerId}/${model}`

/** A slot with a new, closed circuit, or with the one given. */
export function newSlot(address: CircuitAddress, at: number, circuit?: Circuit): CircuitSlot {
  const key = circuitKey(address)
  return {
    ...address,
    key,
    circuit: circuit ?? newCircuit(key, at),
    lastTrafficAt: 0,
    tokens: null,
    price: null,
    openedAt: [],
    openedBy: null,
  }
}

/** Remembers an opening for `openingsSince`. */
export function rememberOpening(slot: CircuitSlot, at: number): void {
  slot.openedAt.push(at)
  if (slot.openedAt.length > KEPT_OPENINGS) slot.openedAt.shift()
}

/** How often the circuit opened at or after `since`. */
export const openingsSince = (slot: CircuitSlot, since: number) =>
  slot.openedAt.filter((at) => at >= since).length

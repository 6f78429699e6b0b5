import type { BreakerEvent } from '../breaker.ts'
import type { ErrorKind, OutcomeClass } from '../outcome.ts'
import type { ProviderState } from './provider-state.ts'

/**
 * How a call came to be: asked for as a check, as traffic or in panic; made without asking; or reported under a
 * permit that was over.
 */
export const CALL_ORIGINS = ['check', 'traffic', 'panic', 'implied', 'expired'] as const
export type CallOrigin = (typeof CALL_ORIGINS)[number]

/**
 * Where a record stands in the order of a provider's happenings: every admission and every record takes a place in
 * the order in which they happened. Times alone would not tell, because many things happen in one millisecond.
 */
type Placed = {
  /** When it happened, epoch ms. */
  at: number
  /** How many calls were admitted, or asked to be, since the record before. */
  begins: number
}

/** A call and the model it names. */
type OfModel = {
  model: string | null
  /** Whether the model has a circuit of its own; some do not, when a provider has too many. */
  hasCircuit: boolean
}

type Begun = OfModel & {
  origin: CallOrigin
  /** When it asked to be admitted, or began. */
  beganAt: number
  /** How many places before this record it asked; 0 for one that did not. */
  distance: number
}

/** A call that ended, as its circuits were told; `at` is when they were. */
export type CallRecord = Placed &
  Begun & {
    type: 'call'
    endedAt: number
    class: OutcomeClass
    kind: ErrorKind | null
    /** Whether there was an answer over HTTP; told of provider errors only, and true of all others. */
    answered: boolean
    retryAfterMs: number | null
    /** Rounded up to whole ms. */
    latencyMs: number | null
    completion: boolean
    accountWide: boolean
  }

/** A call of which it is not known how it ended. */
export type AbandonedRecord = Placed &
  Begun & {
    type: 'abandoned'
    completion: boolean
    /** Whether its permits went back; else they were never heard of again. */
    gaveBack: boolean
  }

/** Calls that ended alike. `slowness` is the binary logarithm of the latency of successes in ms, rounded down. */
export type CountedGroup = {
  class: OutcomeClass
  /** What a provider error was: no connection, no answer, or a bad one. */
  failure: 'connection' | 'silence' | 'answer'
  slowness: number
  count: number
}

/** Traffic on one circuit that came too fast to be recorded call by call: at most a second of it. */
export type CountedRecord = Placed & OfModel & { type: 'counted'; groups: readonly CountedGroup[] }

/** What an operator did to a circuit, or a change of the provider that started it anew. */
export type CommandRecord = Placed & {
  type: 'command'
  model: string | null
  event: Extract<BreakerEvent, { type: 'force' | 'release' | 'reset' }>
}

/** From here on this version of the settings was in force. */
export type SettingsRecord = Placed & { type: 'settings'; version: number }

/** How the provider's circuits stood; after a start of the program nothing that was under way before can end. */
export type StateRecord = Placed & { type: 'state'; isStart: boolean; state: ProviderState }

/** Something that happened to one provider, as far as it matters to its circuits. */
export type ReplayRecord =
  CallRecord | AbandonedRecord | CountedRecord | CommandRecord | SettingsRecord | StateRecord

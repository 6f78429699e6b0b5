import type { Permit } from '#lib/domain/circuit.ts'
import type { Outcome } from '#lib/domain/outcome.ts'
import type { CallOrigin, CallRecord } from '#lib/domain/replay/record.ts'
import type { Seated } from '#lib/domain/seats.ts'
import type { LevelPermits } from '#lib/domain/two-level-calls.ts'
import type { ProviderEntry } from './provider-entry.ts'

/** A call that has asked to be admitted, from then until it has ended. */
export type Asked = Seated & {
  /** Its place in the order of what happened to its provider. */
  place: number
  at: number
  origin: Exclude<CallOrigin, 'implied' | 'expired'>
  completion: boolean
  model: string | null
  permits: LevelPermits
}

/** A call that ended, as its circuits were told of it at `at`. */
export type EndedCall = {
  outcome: Outcome
  permits: LevelPermits
  /** That it had asked, or why it had not. */
  asked: Asked | 'implied' | 'expired'
  at: number
  /** Whether it changed something that is recorded. */
  moved: boolean
}

/**
 * The model whose circuit a call concerns, as records name it; checks speak for the provider as a whole. Models without a
 * circuit have one name together: there may be any number of them, and only that there was one matters.
 */
export function namedIn(
  entry: ProviderEntry,
  { source, model }: Outcome,
): Pick<CallRecord, 'model' | 'hasCircuit'> {
  if (source === 'active' || model === null) return { model: null, hasCircuit: false }
  return entry.models.has(model) ? { model, hasCircuit: true } : { model: '', hasCircuit: false }
}

/** What a call is recorded as, save for its model and its place. */
export function callRecordOf(
  { outcome, asked: question, at }: EndedCall,
  asked: Asked | null,
): Omit<CallRecord, 'model' | 'hasCircuit' | 'distance'> {
  const origin = typeof question === 'string' ? question : (asked?.origin ?? 'implied')
  const beganAt = Math.min(at, Math.floor(asked?.at ?? outcome.startedAt))
  return { type: 'call', at, begins: 0, origin, beganAt, ...endingOf(outcome, at) }
}

/** Whether the call moved nothing but counts, so that many such may be told as one. */
export const mayBeCounted = ({ moved, permits }: EndedCall) =>
  !moved && isPlain(permits.provider) && isPlain(permits.model)

/** How a call ended, in whole ms, which all thresholds are. */
const endingOf = (outcome: Outcome, at: number) => ({
  endedAt: Math.min(at, Math.floor(outcome.at)),
  class: outcome.class,
  kind: outcome.kind,
  answered: outcome.class !== 'provider_error' || outcome.httpStatus !== null,
  retryAfterMs: wholeMs(outcome.retryAfterMs),
  latencyMs: wholeMs(outcome.latencyMs),
  completion: outcome.completion,
  accountWide: outcome.accountWide,
})

// Up: then a call is slower than a threshold exactly when it was.
const wholeMs = (ms: number | null) => (ms === null ? null : Math.max(0, Math.ceil(ms)))

const isPlain = (permit: Permit | null) => permit === null || permit.kind === 'pass'

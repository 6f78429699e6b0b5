import type { CircuitOutcome } from '../two-level-calls.ts'
import type { CallRecord } from './record.ts'

/** A status that stands for any answer over HTTP. */
const SOME_STATUS = 200

/** A recorded call as its circuits are told of it; errors are named by their kind only. */
export const outcomeOf = (call: CallRecord): CircuitOutcome => ({
  class: call.class,
  kind: call.kind,
  message: null,
  source: call.origin === 'check' ? 'active' : 'passive',
  model: call.model,
  httpStatus: call.answered ? SOME_STATUS : null,
  completion: call.completion,
  accountWide: call.accountWide,
  at: call.endedAt,
  latencyMs: call.latencyMs,
  retryAfterMs: call.retryAfterMs,
})

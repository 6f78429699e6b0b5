import type { OutcomeClass } from '#lib/domain/outcome.ts'
import type { AttemptResult } from './attempt-result.ts'
import { gatewayError, type GatewayError } from './errors.ts'

/** Why a request ended before its provider had answered. */
export type Cut = {
  /** What its client is told; null where nobody is left to tell. */
  error: GatewayError | null
  /** How it ended for its client; null: as its attempt did. */
  endClass: OutcomeClass | null
  /** What its attempt came to. */
  failure: NonNullable<AttemptResult['failure']>
}

/** The client went away, or is sent away because it does not read. */
export const cutByClient = (): Cut => ({
  error: null,
  endClass: 'cancelled',
  failure: { kind: 'client_gone', message: 'client went away' },
})

/** The process has to stop, at nobody's expense. */
export const cutByStop = (): Cut => ({
  error: gatewayError('stopping', 'Switchyard is stopping.', 1_000),
  endClass: 'cancelled',
  failure: { kind: 'client_gone', message: 'cut off because Switchyard had to stop' },
})

/** The client sends its body too slowly, as `message` says. */
export const cutBySlowUpload = (message: string): Cut => ({
  error: gatewayError('upload_timeout', message),
  endClass: 'cancelled',
  failure: { kind: 'client_gone', message: 'client sent too slowly' },
})

/** The time that the client had set is over. */
export const cutByClientDeadline = (within: string): Cut => ({
  error: gatewayError('client_deadline', `The deadline that the client had set was over (${within}).`),
  endClass: 'cancelled',
  failure: { kind: 'client_deadline', message: `no answer ${within}` },
})

/** The time that a request may take is over; `hasBegun`: its answer had. */
export const cutByTimeout = (within: string, hasBegun: boolean): Cut => ({
  error: gatewayError('request_timeout', `The answer was not complete ${within}.`),
  endClass: null,
  failure: { kind: hasBegun ? 'stalled' : 'response_timeout', message: `answer not complete ${within}` },
})

import { checkSchema, type Check } from '#lib/contract/check.ts'
import {
  circuitCommandResultSchema,
  type CircuitCommandResult,
  type ResetCircuit,
  type SetOverride,
} from '#lib/contract/circuit.ts'
import { sendJson, withQuery } from './api.ts'

/** A circuit's address: its provider's own (model null), or a model's. */
export type CircuitAddress = { providerId: string; model: string | null }

const path = ({ providerId, model }: CircuitAddress, verb: string) =>
  withQuery(`/api/circuits/${encodeURIComponent(providerId)}/${verb}`, { model })

/** Lays an override over a circuit; answers with the circuit as it then is. */
export const setOverride = (address: CircuitAddress, body: SetOverride): Promise<CircuitCommandResult> =>
  sendJson('PUT', path(address, 'override'), { body, schema: circuitCommandResultSchema })

/** Takes the override off a circuit before its end. */
export const releaseOverride = (address: CircuitAddress, reason?: string): Promise<CircuitCommandResult> =>
  sendJson('DELETE', path(address, 'override'), { body: { reason }, schema: circuitCommandResultSchema })

/** Clears a circuit's window, counters and cooling and puts it half-open or closed. */
export const resetCircuit = (address: CircuitAddress, body: ResetCircuit): Promise<CircuitCommandResult> =>
  sendJson('POST', path(address, 'reset'), { body, schema: circuitCommandResultSchema })

/** Checks a provider now, in any state; answers with the check when it has ended. */
export const checkNow = (providerId: string): Promise<Check> =>
  sendJson('POST', `/api/providers/${encodeURIComponent(providerId)}/check`, {
    body: {},
    schema: checkSchema,
  })

import { z } from 'zod'
import type { Circuit as CircuitRow, Prisma } from '#prisma/generated/client.ts'
import { type Circuit, CIRCUIT_STATES, OVERRIDE_MODES } from '#lib/domain/circuit.ts'
import { emptyWindow } from '#lib/domain/window.ts'
import type { CircuitAddress, StoredCircuit } from '#lib/services/records.ts'
import { jsonOrNull, storedTime, storedTimeOrNull, timeValue } from './stored-values.ts'

const coolingSchema = z.object({ until: z.number(), reason: z.string() })
const overrideSchema = z.object({
  mode: z.enum(OVERRIDE_MODES),
  actor: z.string(),
  reason: z.string(),
  since: z.number(),
  until: z.number(),
  failingSince: z.number().nullable(),
})

const rowSchema = z.object({
  providerId: z.string(),
  model: z.string().nullable(),
  jitterKey: z.string(),
  state: z.enum(CIRCUIT_STATES),
  generation: z.int(),
  since: storedTime,
  consecutiveFailures: z.int(),
  openings: z.int(),
  openedAt: storedTimeOrNull,
  retryAt: storedTimeOrNull,
  nextLeaseId: z.int(),
  trialsSucceeded: z.int(),
  completionsOnly: z.boolean(),
  cooling: coolingSchema.nullable(),
  override: overrideSchema.nullable(),
  lastErrors: z.array(z.string()),
})

/** The key of a circuit's row: its provider's id, or provider id and model. */
export const circuitKey = ({ providerId, model }: CircuitAddress) =>
  model === null ? providerId : `${providerId}/${model}`

/** A circuit as its row, without its window and its leases. */
export function circuitRow({ providerId, model, circuit }: StoredCircuit): Prisma.CircuitCreateManyInput {
  return {
    key: circuitKey({ providerId, model }),
    providerId,
    model,
    jitterKey: circuit.key,
    state: circuit.state,
    generation: circuit.generation,
    since: timeValue(circuit.since),
    consecutiveFailures: circuit.consecutiveFailures,
    openings: circuit.openings,
    openedAt: circuit.openedAt === null ? null : timeValue(circuit.openedAt),
    retryAt: circuit.retryAt === null ? null : timeValue(circuit.retryAt),
    nextLeaseId: circuit.nextLeaseId,
    trialsSucceeded: circuit.trialsSucceeded,
    completionsOnly: circuit.completionsOnly,
    cooling: jsonOrNull(circuit.cooling),
    override: jsonOrNull(circuit.override),
    lastErrors: [...circuit.lastErrors],
  }
}

/** The circuit that a row stands for, with an empty window and no leases. Throws when the row is not one. */
export function circuitOfRow(row: CircuitRow): StoredCircuit {
  const { providerId, model, jitterKey, ...stored } = rowSchema.parse(row)
  const circuit: Circuit = { ...stored, key: jitterKey, window: emptyWindow, leases: [] }
  return { providerId, model, circuit }
}

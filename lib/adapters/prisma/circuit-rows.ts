import { z } from 'zod'
import type { Circuit as CircuitRow } from '#prisma/generated/client.ts'
import { type Circuit, CIRCUIT_STATES, OVERRIDE_MODES } from '#lib/domain/circuit.ts'
import { emptyWindow } from '#lib/domain/window.ts'
import type { CircuitAddress, StoredCircuit } from '#lib/services/records.ts'
import {
  type Cell,
  insertOrReplace,
  jsonCell,
  jsonCellOrNull,
  timeCell,
  timeCellOrNull,
} from './insert-rows.ts'
import { storedTime, storedTimeOrNull } from './stored-values.ts'

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

/** Writes circuits over what is kept of them. */
export const saveCircuits = insertOrReplace({
  name: 'circuits',
  key: 'key',
  columns: [
    'key',
    'provider_id',
    'model',
    'jitter_key',
    'state',
    'generation',
    'since',
    'consecutive_failures',
    'openings',
    'opened_at',
    'retry_at',
    'next_lease_id',
    'trials_succeeded',
    'completions_only',
    'cooling',
    'override',
    'last_errors',
  ],
})

/** A circuit as `saveCircuits` takes it, without its window and its leases. */
export const circuitCells = ({ providerId, model, circuit }: StoredCircuit): Cell[] => [
  circuitKey({ providerId, model }),
  providerId,
  model,
  circuit.key,
  circuit.state,
  circuit.generation,
  timeCell(circuit.since),
  circuit.consecutiveFailures,
  circuit.openings,
  timeCellOrNull(circuit.openedAt),
  timeCellOrNull(circuit.retryAt),
  circuit.nextLeaseId,
  circuit.trialsSucceeded,
  circuit.completionsOnly,
  jsonCellOrNull(circuit.cooling),
  jsonCellOrNull(circuit.override),
  jsonCell(circuit.lastErrors),
]

/** The circuit that a row stands for, with an empty window and no leases. Throws when the row is not one. */
export function circuitOfRow(row: CircuitRow): StoredCircuit {
  const { providerId, model, jitterKey, ...stored } = rowSchema.parse(row)
  const circuit: Circuit = { ...stored, key: jitterKey, window: emptyWindow, leases: [] }
  return { providerId, model, circuit }
}

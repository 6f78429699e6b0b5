import { z } from 'zod'
import { pageOf } from '#lib/contract/check.ts'
import {
  circuitCommandResultSchema,
  circuitSnapshotSchema,
  fleetEventSchema,
  releaseOverrideSchema,
  resetCircuitSchema,
  setOverrideSchema,
} from '#lib/contract/circuit.ts'
import { operation } from '../operation.ts'
import { pageShape, rangeShape } from './queries.ts'

const params = z.object({
  providerId: z.string().meta({ description: "The provider's id.", examples: ['openai-prod'] }),
})
const modelShape = {
  model: z
    .string()
    .max(200)
    .optional()
    .meta({ description: "The model's circuit; without it the provider's own.", examples: ['gpt-4o'] }),
}
const command = {
  tag: 'circuits',
  params,
  query: z.object(modelShape),
  answer: circuitCommandResultSchema,
} as const

export const readCircuits = operation({
  method: 'GET',
  path: '/api/circuits',
  access: 'console.read',
  tag: 'circuits',
  summary: "All circuits: each provider's own and its models'.",
  query: z.object(pageShape),
  answer: pageOf(circuitSnapshotSchema),
})

export const readCircuit = operation({
  method: 'GET',
  path: '/api/circuits/{providerId}',
  access: 'console.read',
  tag: 'circuits',
  summary: 'One circuit as it stands.',
  params,
  query: z.object(modelShape),
  answer: circuitSnapshotSchema,
  errors: ['not_found'],
})

export const readTransitions = operation({
  method: 'GET',
  path: '/api/circuits/{providerId}/transitions',
  access: 'console.read',
  tag: 'circuits',
  summary:
    "What happened to a provider's circuits, newest first; `initial` is what held when the range began.",
  params,
  query: z.object({
    ...rangeShape,
    ...pageShape,
    model: modelShape.model.meta({
      description: "Only this model's circuit; without it all of the provider's.",
    }),
  }),
  answer: pageOf(fleetEventSchema).extend({ initial: z.array(fleetEventSchema) }),
  errors: ['not_found'],
})

export const setOverride = operation({
  ...command,
  method: 'PUT',
  path: '/api/circuits/{providerId}/override',
  access: 'circuits.command',
  summary: "Lays an operator's decision over a circuit until it ends.",
  body: setOverrideSchema,
  mayBePending: true,
  errors: ['not_found', 'conflict'],
})

export const releaseOverride = operation({
  ...command,
  method: 'DELETE',
  path: '/api/circuits/{providerId}/override',
  access: 'circuits.command',
  summary: "Ends an operator's decision now.",
  body: releaseOverrideSchema,
  bodyOptional: true,
  mayBePending: true,
  errors: ['not_found', 'conflict'],
})

export const resetCircuit = operation({
  ...command,
  method: 'POST',
  path: '/api/circuits/{providerId}/reset',
  access: 'circuits.command',
  summary: 'Clears counters and cooling and starts again, half-open or closed.',
  body: resetCircuitSchema,
  mayBePending: true,
  errors: ['not_found'],
})

import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readCircuit } from '#lib/services/read-circuit.ts'

export const GET = handle(operations.readCircuit, ({ engine, params, query }) =>
  readCircuit(engine, { providerId: params.providerId, model: query.model ?? null }),
)

import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { resetCircuit } from '#lib/services/reset-circuit.ts'

export const POST = handle(operations.resetCircuit, ({ engine, params, query, body, author }) =>
  resetCircuit(
    engine,
    { providerId: params.providerId, model: query.model ?? null },
    { input: body, author },
  ),
)

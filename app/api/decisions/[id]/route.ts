import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readDecision } from '#lib/services/routing/read-decisions.ts'

export const GET = handle(operations.readDecision, ({ engine, params }) => readDecision(engine, params.id))

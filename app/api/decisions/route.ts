import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readDecisions } from '#lib/services/routing/read-decisions.ts'

export const GET = handle(operations.readDecisions, ({ engine, query }) => readDecisions(engine, query))

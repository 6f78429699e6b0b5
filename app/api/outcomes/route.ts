import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { reportOutcomes } from '#lib/services/report-outcomes.ts'

export const POST = handle(operations.reportOutcomes, ({ engine, body }) => reportOutcomes(engine, body))

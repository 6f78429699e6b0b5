import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readIncident } from '#lib/services/alerts/read-incidents.ts'

export const GET = handle(operations.readIncident, ({ engine, params }) => readIncident(engine, params.id))

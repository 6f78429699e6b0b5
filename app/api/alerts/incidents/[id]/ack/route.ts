import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { acknowledgeIncident } from '#lib/services/alerts/command-incident.ts'

export const POST = handle(operations.acknowledgeIncident, ({ engine, params, body, author }) =>
  acknowledgeIncident(engine, params.id, { author, text: body.note ?? null }),
)

import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { noteIncident } from '#lib/services/alerts/command-incident.ts'

export const POST = handle(operations.noteIncident, ({ engine, params, body, author }) =>
  noteIncident(engine, params.id, { author, text: body.text }),
)

import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readEvents } from '#lib/services/read-events.ts'
import { reportMarker } from '#lib/services/report-marker.ts'

export const GET = handle(operations.readEvents, ({ engine, query: { providerId = null, ...query } }) =>
  readEvents(engine, { ...query, providerId, model: undefined, fleetWide: true }),
)

export const POST = handle(operations.reportMarker, ({ engine, body, author }) =>
  reportMarker(engine, body, author),
)

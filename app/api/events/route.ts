import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readEvents } from '#lib/services/read-events.ts'

export const GET = handle(operations.readEvents, ({ engine, query }) =>
  readEvents(engine, { ...query, providerId: null, model: undefined }),
)

import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readDeliveries } from '#lib/services/alerts/read-incidents.ts'

export const GET = handle(operations.readDeliveries, ({ engine, query }) =>
  readDeliveries(engine, {
    state: query.state,
    channelId: query.channelId ?? null,
    cursor: query.cursor ?? null,
    limit: query.limit ?? 50,
  }),
)

import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readEvents } from '#lib/services/read-events.ts'

export const GET = handle(operations.readTransitions, ({ engine, params, query }) =>
  readEvents(engine, {
    ...query,
    kinds: ['transition', 'override', 'cooling'],
    providerId: params.providerId,
  }),
)

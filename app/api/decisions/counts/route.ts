import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { pageOfList } from '#lib/server/page-of-list.ts'
import { readDecisionCounts } from '#lib/services/routing/read-decisions.ts'

export const GET = handle(operations.readDecisionCounts, ({ engine, query }) =>
  pageOfList(readDecisionCounts(engine).items, {
    ...query,
    keyOf: ({ route, providerId, reasonCode }) => `${route}/${providerId ?? ''}/${reasonCode}`,
  }),
)

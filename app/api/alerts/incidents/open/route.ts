import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { pageOfList } from '#lib/server/page-of-list.ts'
import { openIncidents } from '#lib/services/alerts/read-incidents.ts'

export const GET = handle(operations.readOpenIncidents, ({ engine, query }) =>
  pageOfList(openIncidents(engine), { ...query, keyOf: ({ id }) => id }),
)

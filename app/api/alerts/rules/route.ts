import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { pageOfList } from '#lib/server/page-of-list.ts'
import { createRule, readRules } from '#lib/services/alerts/configure-rules.ts'

export const GET = handle(operations.readAlertRules, ({ engine, query }) =>
  pageOfList(readRules(engine), { ...query, keyOf: ({ name }) => name }),
)

export const POST = handle(operations.createAlertRule, ({ engine, body, author }) =>
  createRule(engine, body, author),
)

import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { deleteRule, readRule, replaceRule } from '#lib/services/alerts/configure-rules.ts'

export const GET = handle(operations.readAlertRule, ({ engine, params }) => readRule(engine, params.id))

export const PUT = handle(operations.replaceAlertRule, ({ engine, params, body, author }) =>
  replaceRule(engine, params.id, { input: body, author }),
)

export const DELETE = handle(operations.deleteAlertRule, ({ engine, params, body, author }) =>
  deleteRule(engine, params.id, { input: body, author }),
)

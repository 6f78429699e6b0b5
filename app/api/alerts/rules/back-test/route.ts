import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { backTestRule } from '#lib/services/alerts/back-test-rule.ts'

export const POST = handle(operations.backTestAlertRule, ({ engine, body, request }) =>
  backTestRule(engine, body, () => !request.signal.aborted),
)

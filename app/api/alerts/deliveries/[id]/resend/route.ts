import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { resendDelivery } from '#lib/services/alerts/try-channel.ts'

export const POST = handle(operations.resendDelivery, ({ engine, params, author }) =>
  resendDelivery(engine, params.id, author),
)

import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { testChannel } from '#lib/services/alerts/try-channel.ts'

export const POST = handle(operations.testChannel, ({ engine, params, author }) =>
  testChannel(engine, params.id, author),
)

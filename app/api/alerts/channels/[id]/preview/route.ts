import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { previewChannel } from '#lib/services/alerts/try-channel.ts'

export const GET = handle(operations.previewChannel, ({ engine, params }) =>
  previewChannel(engine, params.id),
)

import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { deleteChannel, patchChannel, readChannel } from '#lib/services/alerts/configure-channels.ts'

export const GET = handle(operations.readChannel, ({ engine, params }) => readChannel(engine, params.id))

export const PATCH = handle(operations.patchChannel, ({ engine, params, body, author }) =>
  patchChannel(engine, params.id, { input: body, author }),
)

export const DELETE = handle(operations.deleteChannel, ({ engine, params, body, author }) =>
  deleteChannel(engine, params.id, { input: body, author }),
)

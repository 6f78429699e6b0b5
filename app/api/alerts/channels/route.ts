import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { pageOfList } from '#lib/server/page-of-list.ts'
import { createChannel, readChannels } from '#lib/services/alerts/configure-channels.ts'

export const GET = handle(operations.readChannels, ({ engine, query }) =>
  pageOfList(readChannels(engine), { ...query, keyOf: ({ name }) => name }),
)

export const POST = handle(operations.createChannel, ({ engine, body, author }) =>
  createChannel(engine, body, author),
)

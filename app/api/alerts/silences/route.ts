import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { pageOfList } from '#lib/server/page-of-list.ts'
import { createSilence, readSilences } from '#lib/services/alerts/configure-silences.ts'

export const GET = handle(operations.readSilences, ({ engine, query }) =>
  pageOfList(readSilences(engine), { ...query, keyOf: ({ id }) => id }),
)

export const POST = handle(operations.createSilence, ({ engine, body, author }) =>
  createSilence(engine, body, author),
)

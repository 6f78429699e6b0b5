import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readRecent } from '#lib/services/read-recent.ts'

export const GET = handle(operations.readRecent, ({ engine, query }) => readRecent(engine, query.ids))

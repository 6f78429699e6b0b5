import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { backUp } from '#lib/services/back-up.ts'

export const POST = handle(operations.backUp, ({ engine, author }) => backUp(engine, author))

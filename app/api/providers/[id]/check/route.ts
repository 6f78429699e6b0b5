import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { checkNow } from '#lib/services/check-now.ts'

export const POST = handle(operations.checkProvider, ({ engine, params }) => checkNow(engine, params.id))

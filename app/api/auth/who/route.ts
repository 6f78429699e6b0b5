import { readWho } from '#lib/server/access/read-who.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'

export const GET = handle(operations.readWho, ({ runtime, request, client }) =>
  readWho(runtime.access, { headers: request.headers, client }),
)

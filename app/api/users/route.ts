import { visitOf } from '#lib/server/access/visit.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { pageOfList } from '#lib/server/page-of-list.ts'
import { createUser, readUsers } from '#lib/services/access/users.ts'

export const GET = handle(operations.readUsers, async (call) =>
  pageOfList(await readUsers(visitOf(call).desk), { ...call.query, keyOf: ({ id }) => id }),
)

export const POST = handle(operations.createUser, (call) =>
  createUser(visitOf(call).desk, call.body, call.author),
)

import { visitOf } from '#lib/server/access/visit.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { changeUser, deleteUser } from '#lib/services/access/users.ts'

export const PATCH = handle(operations.updateUser, (call) =>
  changeUser(visitOf(call).desk, call.params.id, { input: call.body, author: call.author }),
)

export const DELETE = handle(operations.deleteUser, async (call) => {
  await deleteUser(visitOf(call).desk, call.params.id, { input: call.body, author: call.author })
  return { done: true } as const
})

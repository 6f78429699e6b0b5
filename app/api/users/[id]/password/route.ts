import { visitOf } from '#lib/server/access/visit.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { setUserPassword } from '#lib/services/access/users.ts'

export const PUT = handle(operations.setUserPassword, (call) =>
  setUserPassword(visitOf(call).desk, call.params.id, { password: call.body.password, author: call.author }),
)

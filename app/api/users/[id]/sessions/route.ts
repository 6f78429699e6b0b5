import { visitOf } from '#lib/server/access/visit.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { endUserSessions } from '#lib/services/access/users.ts'

export const DELETE = handle(operations.endUserSessions, (call) =>
  endUserSessions(visitOf(call).desk, call.params.id, call.author),
)

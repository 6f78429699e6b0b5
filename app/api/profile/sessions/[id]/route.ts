import { ownerOf, visitOf } from '#lib/server/access/visit.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { endOwnSession } from '#lib/services/access/profile.ts'

export const DELETE = handle(operations.endSession, async (call) => {
  const { desk, visit } = visitOf(call)
  await endOwnSession(desk, ownerOf(call.principal), { sessionId: call.params.id, visit })
  return { done: true } as const
})

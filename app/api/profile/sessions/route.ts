import { ownerOf, visitOf } from '#lib/server/access/visit.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { pageOfList } from '#lib/server/page-of-list.ts'
import { endOtherSessions, readOwnSessions } from '#lib/services/access/profile.ts'

export const GET = handle(operations.readSessions, async (call) => {
  const sessions = await readOwnSessions(visitOf(call).desk, ownerOf(call.principal))
  return pageOfList(sessions, { ...call.query, keyOf: ({ id }) => id })
})

export const DELETE = handle(operations.endOtherSessions, async (call) => {
  const { desk, visit } = visitOf(call)
  await endOtherSessions(desk, ownerOf(call.principal), visit)
  return { done: true } as const
})

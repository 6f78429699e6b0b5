import { ownerOf, visitOf } from '#lib/server/access/visit.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { changeOwnPassword } from '#lib/services/access/profile.ts'

export const POST = handle(operations.changePassword, async (call) => {
  const { desk, visit } = visitOf(call)
  call.cookies.push(...(await changeOwnPassword(desk, ownerOf(call.principal), { given: call.body, visit })))
  return { done: true } as const
})

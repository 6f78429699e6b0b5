import { ownerOf, visitOf } from '#lib/server/access/visit.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { confirmOwnSecondFactor } from '#lib/services/access/profile.ts'

export const POST = handle(operations.confirmSecondFactor, async (call) => {
  const { desk, visit } = visitOf(call)
  const { code } = call.body
  call.cookies.push(...(await confirmOwnSecondFactor(desk, ownerOf(call.principal), { code, visit })))
  return { done: true } as const
})

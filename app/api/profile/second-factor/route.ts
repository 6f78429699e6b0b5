import { ownerOf, visitOf } from '#lib/server/access/visit.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { beginOwnSecondFactor, endOwnSecondFactor } from '#lib/services/access/profile.ts'

export const POST = handle(operations.beginSecondFactor, (call) => {
  const { desk, visit } = visitOf(call)
  ownerOf(call.principal)
  return beginOwnSecondFactor(desk, { password: call.body.password, visit })
})

export const DELETE = handle(operations.endSecondFactor, async (call) => {
  const { desk, visit } = visitOf(call)
  const { password } = call.body
  call.cookies.push(...(await endOwnSecondFactor(desk, ownerOf(call.principal), { password, visit })))
  return { done: true } as const
})

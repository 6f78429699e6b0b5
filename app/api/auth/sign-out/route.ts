import { visitOf } from '#lib/server/access/visit.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { letOut } from '#lib/services/access/let-out.ts'

export const POST = handle(operations.signOut, async (call) => {
  const { desk, visit } = visitOf(call)
  call.cookies.push(...(await letOut(desk, visit)))
  return { done: true } as const
})

import { visitOf } from '#lib/server/access/visit.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { letIn } from '#lib/services/access/let-in.ts'

export const POST = handle(operations.signIn, async (call) => {
  const { desk, visit } = visitOf(call)
  const { needsSecondFactor, cookies } = await letIn(desk, call.body, visit)
  call.cookies.push(...cookies)
  return { needsSecondFactor }
})

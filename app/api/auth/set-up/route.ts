import { visitOf } from '#lib/server/access/visit.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { setUp } from '#lib/services/access/set-up.ts'

export const POST = handle(operations.setUp, async (call) => {
  const { desk, visit } = visitOf(call)
  call.cookies.push(...(await setUp({ desk, sha256: call.engine.sha256 }, call.body, visit)))
  return { done: true } as const
})

import { isAppError } from '#lib/domain/errors.ts'
import {
  forgetting,
  identityProviderOf,
  remembered,
  sendBack,
  sendTo,
} from '#lib/server/access/identity-visit.ts'
import { visitOf } from '#lib/server/access/visit.ts'
import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { letInVouched, refuseVouched } from '#lib/services/access/let-in-vouched.ts'

export const GET = handleRaw(operations.finishIdentity, async (call) => {
  const { runtime, request, client } = call
  const provider = identityProviderOf(runtime)
  const { desk, visit } = visitOf(call)
  const memory = remembered(request.headers, client)
  try {
    const vouched = await provider.finish(new URL(request.url), memory)
    if ('refused' in vouched) return refuseVouched(desk, visit, vouched)
    const newUsers = runtime.access.identity?.newUsers ?? null
    const cookies = await letInVouched(desk, { vouched, newUsers }, visit)
    return sendTo(runtime, vouched.next, [...cookies, forgetting(client)])
  } catch (error) {
    // A page, not a problem document, is what a browser that comes back can show.
    if (isAppError(error) && error.code === 'forbidden') return sendBack(call, error.message)
    throw error
  }
})

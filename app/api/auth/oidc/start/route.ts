import { identityProviderOf, remembering, sendBack, sendTo } from '#lib/server/access/identity-visit.ts'
import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'

export const GET = handleRaw(operations.beginIdentity, async (call) => {
  const { runtime, query, client } = call
  const begun = await identityProviderOf(runtime).begin({ next: query.next ?? '/' })
  if ('refused' in begun) return sendBack(call, begun.message)
  return sendTo(runtime, begun.url, [remembering(begun.memory, client)])
})

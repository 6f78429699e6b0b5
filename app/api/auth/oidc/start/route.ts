import { identityProviderOf, remembering, sendBack, sendTo } from '#lib/server/access/identity-visit.ts'
import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'

export const GET = handleRaw(operations.beginIdentity, async ({ runtime, query, client }) => {
  const begun = await identityProviderOf(runtime).begin({ next: query.next ?? '/' })
  if ('refused' in begun) return sendBack(runtime, begun.message)
  return sendTo(runtime, begun.url, [remembering(begun.memory, client.isSecure)])
})

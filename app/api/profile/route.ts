import { ownerOf, visitOf } from '#lib/server/access/visit.ts'
import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readProfile, renameProfile } from '#lib/services/access/profile.ts'

export const GET = handle(operations.readProfile, (call) =>
  readProfile(visitOf(call).desk, ownerOf(call.principal)),
)

export const PATCH = handle(operations.updateProfile, (call) => {
  const { desk, visit } = visitOf(call)
  return renameProfile(desk, ownerOf(call.principal), { name: call.body.name, visit })
})

import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'

export const GET = handleRaw(operations.readReadiness, ({ runtime }) => {
  const status = runtime.phase()
  return Response.json(
    { status },
    { status: status === 'ready' ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
})

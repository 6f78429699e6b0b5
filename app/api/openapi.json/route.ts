import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'

export const GET = handle(operations.readOpenApi, async ({ runtime }) => {
  // Loaded when it is first asked for: what writes the document takes three megabytes, and most never read it.
  const { openApiDocument } = await import('#lib/server/openapi.ts')
  return { ...openApiDocument(runtime.version) }
})

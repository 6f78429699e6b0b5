import { handle } from '#lib/server/http.ts'
import { openApiDocument } from '#lib/server/openapi.ts'
import { operations } from '#lib/server/operations/index.ts'

export const GET = handle(operations.readOpenApi, ({ runtime }) => ({ ...openApiDocument(runtime.version) }))

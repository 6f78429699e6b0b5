import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readAudit } from '#lib/services/read-audit.ts'

export const GET = handle(operations.readAudit, ({ engine, query }) => readAudit(engine, query))

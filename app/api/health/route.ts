import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'

export const GET = handle(operations.readHealth, ({ runtime }) => runtime.selfHealth())

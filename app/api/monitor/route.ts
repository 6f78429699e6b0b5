import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readMonitor } from '#lib/services/read-monitor.ts'

export const GET = handle(operations.readMonitor, ({ engine }) => readMonitor(engine))

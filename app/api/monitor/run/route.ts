import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { runRound } from '#lib/services/run-round.ts'

/** Below the minute that outside schedulers commonly wait for an answer. */
const ROUND_DEADLINE_MS = 55_000

export const POST = handle(operations.runMonitor, ({ engine, body }) =>
  runRound(engine, { all: body.all ?? false, deadlineMs: ROUND_DEADLINE_MS }),
)

import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { streamResponse } from '#lib/server/stream-response.ts'

export const GET = handleRaw(operations.streamMonitor, ({ runtime, request, query }) =>
  streamResponse(runtime, request.headers.get('last-event-id') || (query.lastEventId ?? null)),
)

import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { streamResponse } from '#lib/server/stream-response.ts'

export const GET = handleRaw(operations.streamMonitor, ({ runtime, request, query }) =>
  streamResponse(runtime, {
    lastEventId: request.headers.get('last-event-id') || (query.lastEventId ?? null),
    acceptEncoding: request.headers.get('accept-encoding'),
  }),
)

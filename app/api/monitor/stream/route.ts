import { mayStill } from '#lib/server/access/may-still.ts'
import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { streamResponse } from '#lib/server/stream-response.ts'

const operation = operations.streamMonitor

export const GET = handleRaw(operation, ({ runtime, request, query, client }) =>
  streamResponse(runtime, {
    lastEventId: request.headers.get('last-event-id') || (query.lastEventId ?? null),
    acceptEncoding: request.headers.get('accept-encoding'),
    mayStay: () => mayStill(runtime.access, request.headers, { client, access: operation.access }),
  }),
)

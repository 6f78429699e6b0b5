import { AppError } from '#lib/domain/errors.ts'
import { acceptsGzip } from './accepts-gzip.ts'
import type { Runtime } from './runtime.ts'

/** As many streams as one process is meant to feed; more are told to come back later. */
const MAX_CLIENTS = 500

type Asked = {
  lastEventId: string | null
  acceptEncoding: string | null
  /** Whether the client may still see the stream, asked at each heartbeat. */
  mayStay: () => Promise<boolean>
}

/** The live stream as an answer, compressed once for all who take that; no intermediary may keep or change it. */
export function streamResponse(
  { hub, phase }: Runtime,
  { lastEventId, acceptEncoding, mayStay }: Asked,
): Response {
  if (phase() === 'stopping') throw new AppError('unavailable', 'Switchyard is stopping.')
  if (hub.clients() >= MAX_CLIENTS)
    throw new AppError('unavailable', `There are ${MAX_CLIENTS} open streams already.`)
  const coding = acceptsGzip(acceptEncoding) ? 'gzip' : 'identity'
  return new Response(hub.connect(lastEventId, { coding, mayStay }), {
    headers: {
      ...(coding === 'gzip' ? { 'content-encoding': 'gzip' } : {}),
      vary: 'accept-encoding',
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

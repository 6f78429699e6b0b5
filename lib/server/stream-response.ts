import { AppError } from '#lib/domain/errors.ts'
import type { Runtime } from './runtime.ts'

/** As many streams as one process is meant to feed; more are told to come back later. */
const MAX_CLIENTS = 500

/** The live stream as an answer; no intermediary may keep, change or compress it. */
export function streamResponse({ hub, phase }: Runtime, lastEventId: string | null): Response {
  if (phase() === 'stopping') throw new AppError('unavailable', 'Switchyard is stopping.')
  if (hub.clients() >= MAX_CLIENTS)
    throw new AppError('unavailable', `There are ${MAX_CLIENTS} open streams already.`)
  return new Response(hub.connect(lastEventId), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { ApiAnswer } from './apis/api.ts'
import type { Stage } from './respond.ts'

type Stream = NonNullable<ApiAnswer['stream']>

/**
 * What becomes of a stream: it is reset, at once or in its middle; it falls silent in its middle; it ends in its middle
 * as if it were whole; an error stands where the first token should; or it is no stream but a proxy's page.
 */
export type StreamTrouble = 'reset' | 'stall' | 'cut' | 'error' | 'page'

/** Sends a stream: the first event after half of the time, the rest evenly over the other half. */
export async function sendStream(
  { response, scene, signal }: Stage,
  stream: Stream,
  { waitMs, trouble }: { waitMs: number; trouble: StreamTrouble | null },
): Promise<void> {
  await delay(waitMs / 2, undefined, { signal })
  if (trouble === 'page') return sendPage(response)
  const cut = () => void response.socket?.resetAndDestroy()
  if (trouble === 'reset' && scene.random() < 0.5) return cut()
  response.writeHead(200, { 'content-type': stream.type, 'cache-control': 'no-cache' })
  if (trouble === 'error') {
    response.end(errorEvent(stream, scene.api.errorBody(500, 'The server had an error')))
    return
  }
  const events = trouble === null ? stream.events : stream.events.slice(0, stream.events.length / 2)
  for (const event of events) {
    response.write(event)
    await delay(waitMs / 2 / stream.events.length, undefined, { signal })
  }
  if (trouble === 'reset') cut()
  else if (trouble !== 'stall') response.end()
}

/** An error page under a good status, as a proxy in between sends it. */
export function sendPage(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end('<html><body><h1>502 Bad Gateway</h1></body></html>')
}

/** The error in the form of the stream's other events. */
function errorEvent({ type, events }: Stream, body: unknown): string {
  const text = JSON.stringify(body)
  if (type !== 'text/event-stream') return `${text}\n`
  return `${events[0]?.startsWith('event: ') === true ? 'event: error\n' : ''}data: ${text}\n\n`
}

import { once } from 'node:events'
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** What a test sends. */
export type Sent = { method?: string; headers?: OutgoingHttpHeaders; body?: string }

/** Exactly what is sent, `Host` included, and exactly what comes: no header added, nothing uncompressed. */
export async function sendRaw(url: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const outgoing = request(url, { method, headers })
  outgoing.end(body)
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  const bytes = await buffer(incoming)
  return { status: incoming.statusCode, headers: incoming.headers, bytes, text: bytes.toString() }
}

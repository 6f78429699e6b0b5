import { type EventEmitter, once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { constants, createGzip, gzip } from 'node:zlib'
import { acceptsGzip } from './accepts-gzip.ts'

const compress = promisify(gzip)
/** Quick, and within some percent of the most. */
const LEVEL = 4
/** Fewer bytes fit into one packet as they are. */
const COMPRESSED_FROM_BYTES = 1_024
const COMPRESSIBLE =
  /^(application\/([a-z.-]+\+)?json|application\/x-ndjson|application\/openmetrics-text|text\/)/

/** A request's headers as the web's own kind, each as it came; one that came twice is told from one that came once. */
export function webHeaders({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let i = 0; i + 1 < rawHeaders.length; i += 2)
    headers.append(rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '')
  return headers
}

type Facts = { url: URL; headers: Headers; signal: AbortSignal }

/** A request of Node's server as the web's own kind; `signal` aborts when its client goes away. `url` is whole. */
export function webRequest(incoming: IncomingMessage, { url, headers, signal }: Facts): Request {
  const { method = 'GET' } = incoming
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers, signal })
  // Any async iterable is a body, though no type says so. One that is left half read must not take the connection along:
  // the refusal is still to be sent on it.
  const body = incoming.iterator({ destroyOnReturn: false }) as unknown as ReadableStream
  const init: RequestInit & { duplex: 'half' } = { method, headers, signal, body, duplex: 'half' }
  return new Request(url, init)
}

/**
 * Writes an answer out, compressed where the client takes that; rejects when it breaks half way. What makes the answer
 * ends with the client, also with one that is gone already.
 */
export async function sendWebResponse(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  response: Response,
): Promise<void> {
  const { status, headers, body } = response
  outgoing.statusCode = status
  copyHeaders(headers, outgoing)
  if (body === null || incoming.method === 'HEAD' || outgoing.destroyed) {
    await body?.cancel()
    outgoing.end()
    return
  }
  const isCompressed = mayCompress(headers) && acceptsGzip(incoming.headers['accept-encoding'])
  if (mayCompress(headers)) outgoing.appendHeader('vary', 'accept-encoding')
  if (isWhole(headers)) await sendWhole(outgoing, response, isCompressed)
  else await sendPieces(outgoing, body, isCompressed)
}

function copyHeaders(headers: Headers, outgoing: ServerResponse): void {
  for (const [name, value] of headers) if (name !== 'set-cookie') outgoing.setHeader(name, value)
  const cookies = headers.getSetCookie()
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies)
}

const mayCompress = (headers: Headers) =>
  COMPRESSIBLE.test(headers.get('content-type') ?? '') &&
  !headers.has('content-encoding') &&
  headers.get('cache-control')?.includes('no-transform') !== true

/** An answer that was made in one piece, rather than a file or lines that come as they are made. */
const isWhole = (headers: Headers) =>
  /^application\/([a-z.-]+\+)?json/.test(headers.get('content-type') ?? '') &&
  !headers.has('content-disposition')

async function sendWhole(outgoing: ServerResponse, response: Response, isCompressed: boolean): Promise<void> {
  const plain = Buffer.from(await response.arrayBuffer())
  const isWorthIt = isCompressed && plain.byteLength >= COMPRESSED_FROM_BYTES
  const bytes = isWorthIt ? await compress(plain, { level: LEVEL }) : plain
  if (isWorthIt) outgoing.setHeader('content-encoding', 'gzip')
  outgoing.setHeader('content-length', bytes.byteLength)
  outgoing.end(bytes)
}

async function sendPieces(
  outgoing: ServerResponse,
  body: ReadableStream<Uint8Array>,
  isCompressed: boolean,
): Promise<void> {
  const reader = body.getReader()
  // Whoever goes away ends what makes the pieces.
  outgoing.once('close', () => void reader.cancel().catch(() => undefined))
  const sink = isCompressed ? createGzip({ level: LEVEL, flush: constants.Z_SYNC_FLUSH }) : outgoing
  if (sink !== outgoing) {
    outgoing.setHeader('content-encoding', 'gzip')
    sink.pipe(outgoing)
  }
  outgoing.flushHeaders()
  for (;;) {
    const { done, value } = await reader.read()
    if (done || outgoing.destroyed) break
    if (!sink.write(value)) await roomOrEnd(sink, outgoing)
  }
  sink.end()
}

/** Waits until more may be written or the client has gone; of a stream of days, no listener stays behind. */
async function roomOrEnd(sink: EventEmitter, outgoing: ServerResponse): Promise<void> {
  const settled = new AbortController()
  const { signal } = settled
  try {
    await Promise.race([once(sink, 'drain', { signal }), once(outgoing, 'close', { signal })])
  } finally {
    settled.abort()
  }
}

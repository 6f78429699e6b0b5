import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { CLIENT_HEADER, clientHeader } from './access/client-header.ts'
import { gatePage } from './access/page-gate.ts'
import { addressIn } from './base-path.ts'
import { NONCE_HEADER, pagePolicy } from './content-security-policy.ts'
import type { Arrival, Door } from './door.ts'
import { plainProblem, problemOf, problemResponse, toAppError } from './problem.ts'
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.ts'
import { runtime } from './runtime.ts'
import { sendWebResponse, webHeaders } from './web-exchange.ts'

type Options = { door: Door; isDevelopment: boolean }

/** Files whose names change with their contents: a page has dozens of them, and browsers keep them. */
const KEPT_FILES = '/_next/static/'

/** Stands before pages and files: nothing foreign gets to them, and each answer has a policy with a nonce of its own. */
export function pageListener(serve: RequestListener, { door, isDevelopment }: Options): RequestListener {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<Response | null> => {
    const nonce = randomBytes(16).toString('base64')
    const policy = pagePolicy(nonce, isDevelopment)
    const arrival = door.enter(incoming, outgoing, policy)
    const refused = arrival.refusal ?? notForPages(incoming, arrival, door)
    if (refused !== null) return refused
    const sentTo = await placeFor(incoming, arrival, door)
    if (sentTo !== null)
      return new Response(null, { status: 303, headers: { location: sentTo, 'cache-control': 'no-store' } })
    // Next takes the nonce from the policy of the request, and puts it onto every script it writes.
    incoming.headers['content-security-policy'] = policy
    incoming.headers[NONCE_HEADER] = nonce
    incoming.headers[CLIENT_HEADER] = clientHeader(arrival.client)
    incoming.headers[REQUEST_ID_HEADER] = requestIdOf(arrival.headers)
    return null
  }
  return (incoming, outgoing) => {
    answer(incoming, outgoing)
      .then((response) => {
        if (response === null) serve(incoming, outgoing)
        else return sendWebResponse(incoming, outgoing, response)
      })
      .catch((error: unknown) => answerFault(error, incoming, outgoing))
  }
}

/** Where the browser has to go first; null when it may see the page. */
async function placeFor(
  { url: target = '' }: IncomingMessage,
  { headers, client }: Arrival,
  { within, basePath }: Door,
): Promise<string | null> {
  const path = within(target)
  if (path === null) return null
  const search = URL.parse(target, 'http://console')?.search ?? ''
  const place = await gatePage(runtime().access, { headers, client, path, search })
  return place === null ? null : addressIn(basePath, place)
}

/** A page that we cannot answer for: the database is away, or the fault is ours. */
function answerFault(error: unknown, incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (outgoing.headersSent) {
    outgoing.destroy()
    return
  }
  const problem = problemOf(toAppError(error), requestIdOf(webHeaders(incoming)))
  sendWebResponse(incoming, outgoing, problemResponse(problem)).catch(() => outgoing.destroy())
}

/** The answer to what does not get as far as Next: pages and files are only ever read, and only inside the console. */
function notForPages(incoming: IncomingMessage, arrival: Arrival, door: Door): Response | null {
  const { method = 'GET', url: target = '' } = incoming
  const path = door.within(target)
  if (path === null) return outside(target, arrival, door)
  if (method !== 'GET' && method !== 'HEAD') {
    const response = refuse(arrival, 405, `${method} is no call of a page.`)
    response.headers.set('allow', 'GET, HEAD')
    return response
  }
  return path.startsWith(KEPT_FILES) ? null : door.limit('read', arrival)
}

/** Whoever comes to the root is shown to the console; the rest of the host is somebody else's. */
function outside(target: string, arrival: Arrival, { basePath }: Door): Response {
  if (target === '/') return new Response(null, { status: 307, headers: { location: basePath } })
  return refuse(arrival, 404, `The console is under ${basePath === '' ? '/' : basePath}.`)
}

function refuse({ headers }: Arrival, status: number, detail: string): Response {
  return problemResponse(plainProblem({ status, detail, requestId: requestIdOf(headers) }))
}

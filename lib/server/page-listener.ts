import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { CLIENT_HEADER, clientHeader } from './access/client-header.ts'
import { gatePage } from './access/page-gate.ts'
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
    const { headers } = arrival
    const isKept = incoming.url?.startsWith(KEPT_FILES) === true
    const refused =
      arrival.refusal ??
      refusalOf(incoming.method ?? 'GET', headers) ??
      (isKept ? null : door.limit('read', arrival))
    if (refused !== null) return refused
    const sentTo = isKept ? null : await placeFor(incoming, arrival)
    if (sentTo !== null)
      return new Response(null, { status: 303, headers: { location: sentTo, 'cache-control': 'no-store' } })
    // Next takes the nonce from the policy of the request, and puts it onto every script it writes.
    incoming.headers['content-security-policy'] = policy
    incoming.headers[NONCE_HEADER] = nonce
    incoming.headers[CLIENT_HEADER] = clientHeader(arrival.client)
    incoming.headers[REQUEST_ID_HEADER] = requestIdOf(headers)
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
async function placeFor(incoming: IncomingMessage, { headers, client }: Arrival): Promise<string | null> {
  const url = URL.parse(incoming.url ?? '', 'http://console')
  if (url === null) return null
  return gatePage(runtime().access, { headers, client, path: url.pathname, search: url.search })
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

/** Pages and files are only ever read: no body gets as far as Next. */
function refusalOf(method: string, headers: Headers): Response | null {
  if (method === 'GET' || method === 'HEAD') return null
  const detail = `${method} is no call of a page.`
  const response = problemResponse(plainProblem({ status: 405, detail, requestId: requestIdOf(headers) }))
  response.headers.set('allow', 'GET, HEAD')
  return response
}

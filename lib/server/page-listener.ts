import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener } from 'node:http'
import { NONCE_HEADER, pagePolicy } from './content-security-policy.ts'
import type { Arrival, Door } from './door.ts'
import { plainProblem, problemResponse } from './problem.ts'
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.ts'
import { sendWebResponse } from './web-exchange.ts'

type Options = { door: Door; isDevelopment: boolean }

/** Files whose names change with their contents: a page has dozens of them, and browsers keep them. */
const KEPT_FILES = '/_next/static/'

/** Stands before pages and files: nothing foreign gets to them, and each answer has a policy with a nonce of its own. */
export function pageListener(serve: RequestListener, { door, isDevelopment }: Options): RequestListener {
  return (incoming, outgoing) => {
    const nonce = randomBytes(16).toString('base64')
    const policy = pagePolicy(nonce, isDevelopment)
    const arrival = door.enter(incoming, outgoing, policy)
    const answer = arrival.refusal ?? notForPages(incoming, arrival, door)
    if (answer !== null) {
      void sendWebResponse(incoming, outgoing, answer)
      return
    }
    // Next takes the nonce from the policy of the request, and puts it onto every script it writes.
    incoming.headers['content-security-policy'] = policy
    incoming.headers[NONCE_HEADER] = nonce
    incoming.headers[REQUEST_ID_HEADER] = requestIdOf(arrival.headers)
    serve(incoming, outgoing)
  }
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

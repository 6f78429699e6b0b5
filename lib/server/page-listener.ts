import { randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { NONCE_HEADER, pagePolicy } from './content-security-policy.ts'
import type { Door } from './door.ts'
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
    const { headers, refusal } = arrival
    const isKept = incoming.url?.startsWith(KEPT_FILES) === true
    const answer =
      refusal ?? refusalOf(incoming.method ?? 'GET', headers) ?? (isKept ? null : door.limit('read', arrival))
    if (answer !== null) {
      void sendWebResponse(incoming, outgoing, answer)
      return
    }
    // Next takes the nonce from the policy of the request, and puts it onto every script it writes.
    incoming.headers['content-security-policy'] = policy
    incoming.headers[NONCE_HEADER] = nonce
    incoming.headers[REQUEST_ID_HEADER] = requestIdOf(headers)
    serve(incoming, outgoing)
  }
}

/** Pages and files are only ever read: no body gets as far as Next. */
function refusalOf(method: string, headers: Headers): Response | null {
  if (method === 'GET' || method === 'HEAD') return null
  const detail = `${method} is no call of a page.`
  const response = problemResponse(plainProblem({ status: 405, detail, requestId: requestIdOf(headers) }))
  response.headers.set('allow', 'GET, HEAD')
  return response
}

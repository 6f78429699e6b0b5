import { randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { NONCE_HEADER, pagePolicy } from './content-security-policy.ts'
import { openDoor } from './door.ts'
import { plainProblem, problemResponse } from './problem.ts'
import type { Reach } from './reach.ts'
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.ts'
import { sendWebResponse } from './web-exchange.ts'

type Options = { reach: Reach; isDevelopment: boolean }

/** Stands before pages and files: nothing foreign gets to them, and each answer has a policy with a nonce of its own. */
export function pageListener(serve: RequestListener, { reach, isDevelopment }: Options): RequestListener {
  const enter = openDoor(reach)
  return (incoming, outgoing) => {
    const nonce = randomBytes(16).toString('base64')
    const policy = pagePolicy(nonce, isDevelopment)
    const { headers, refusal } = enter(incoming, outgoing, policy)
    const answer = refusal ?? refusalOf(incoming.method ?? 'GET', headers)
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

import { randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { NONCE_HEADER, pagePolicy } from './content-security-policy.ts'
import { guardRequest } from './guard-request.ts'
import { plainProblem, problemResponse } from './problem.ts'
import { requestIdOf } from './request-id.ts'
import { securityHeaders } from './security-headers.ts'
import { sendWebResponse, webHeaders } from './web-exchange.ts'

type Options = {
  /** Where the console listens, for telling its own pages from others. */
  ours: { host: string; port: number }
  isDevelopment: boolean
}

/** Stands before pages and files: nothing foreign gets to them, and each answer has a policy with a nonce of its own. */
export function pageListener(serve: RequestListener, { ours, isDevelopment }: Options): RequestListener {
  return (incoming, outgoing) => {
    const headers = webHeaders(incoming)
    const nonce = randomBytes(16).toString('base64')
    const policy = pagePolicy(nonce, isDevelopment)
    for (const [name, value] of Object.entries(securityHeaders(policy))) outgoing.setHeader(name, value)
    const { method = 'GET' } = incoming
    const refusal = guardRequest({ method, headers }, ours) ?? refusalOf(method, headers)
    if (refusal !== null) {
      void sendWebResponse(incoming, outgoing, refusal)
      return
    }
    // Next takes the nonce from the policy of the request, and puts it onto every script it writes.
    incoming.headers['content-security-policy'] = policy
    incoming.headers[NONCE_HEADER] = nonce
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

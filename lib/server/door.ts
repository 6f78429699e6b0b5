import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Client } from './access/client.ts'
import { pathWithin } from './base-path.ts'
import { clientReader } from './client-of.ts'
import { guardRequest } from './guard-request.ts'
import { problemOf, problemResponse } from './problem.ts'
import type { Reach } from './reach.ts'
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.ts'
import { type LimitedKind, limitRequests } from './request-limits.ts'
import { securityHeaders } from './security-headers.ts'
import { webHeaders } from './web-exchange.ts'

/** A request as the door lets it in, or turns it away. */
export type Arrival = {
  /** As they came, save for the request's id, which is there and well-formed. */
  headers: Headers
  client: Client
  /** The answer to one that must not be served. */
  refusal: Response | null
}

/** What every request of the console's port goes through, whoever answers it. */
export type Door = {
  /** Names the request, says what protects the answer, and keeps out what is foreign; `policy` is that of the answer. */
  enter: (incoming: IncomingMessage, outgoing: ServerResponse, policy: string) => Arrival
  /** What a request's target is inside the console, without its query; null when it is outside. */
  within: (target: string) => string | null
  basePath: string
  /** The answer to one whose client must wait; null when it need not. */
  limit: (kind: LimitedKind, arrival: Arrival) => Response | null
}

/** The one door of the console: what it counts, it counts for pages and calls together. */
export function openDoor(reach: Reach, now = () => performance.now()): Door {
  const clientOf = clientReader(reach)
  const limits = limitRequests(reach.limitedClients, now)
  return {
    enter: (incoming, outgoing, policy) => {
      const headers = webHeaders(incoming)
      const requestId = requestIdOf(headers)
      headers.set(REQUEST_ID_HEADER, requestId)
      const client = clientOf({ remoteAddress: incoming.socket.remoteAddress, headers: incoming.headers })
      const told = securityHeaders({ policy, hstsMs: client.isSecure ? reach.hstsMs : null })
      for (const [name, value] of Object.entries(told)) outgoing.setHeader(name, value)
      outgoing.setHeader(REQUEST_ID_HEADER, requestId)
      const { method = 'GET' } = incoming
      return { headers, client, refusal: guardRequest({ method, headers }, reach) }
    },
    within: (target) => pathWithin(reach.basePath, target),
    basePath: reach.basePath,
    limit: (kind, { client, headers }) => {
      const tooMany = limits(kind, client)
      return tooMany && problemResponse(problemOf(tooMany, requestIdOf(headers)))
    },
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Client, clientReader } from './client-of.ts'
import { guardRequest } from './guard-request.ts'
import type { Reach } from './reach.ts'
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.ts'
import { securityHeaders } from './security-headers.ts'
import { webHeaders } from './web-exchange.ts'

/** A request as the door lets it in, or turns it away. */
type Arrival = {
  /** As they came, save for the request's id, which is there and well-formed. */
  headers: Headers
  client: Client
  /** The answer to one that must not be served. */
  refusal: Response | null
}

/** What every request of the console's port goes through, whoever answers it; `policy` is that of the answer. */
export type Door = (incoming: IncomingMessage, outgoing: ServerResponse, policy: string) => Arrival

/** The door of the console: it names each request, says what protects the answer, and keeps out what is foreign. */
export function openDoor(reach: Reach): Door {
  const clientOf = clientReader(reach)
  return (incoming, outgoing, policy) => {
    const headers = webHeaders(incoming)
    const requestId = requestIdOf(headers)
    headers.set(REQUEST_ID_HEADER, requestId)
    const client = clientOf({ remoteAddress: incoming.socket.remoteAddress, headers: incoming.headers })
    const told = securityHeaders({ policy, hstsMs: client.isSecure ? reach.hstsMs : null })
    for (const [name, value] of Object.entries(told)) outgoing.setHeader(name, value)
    outgoing.setHeader(REQUEST_ID_HEADER, requestId)
    const { method = 'GET' } = incoming
    return { headers, client, refusal: guardRequest({ method, headers }, reach) }
  }
}

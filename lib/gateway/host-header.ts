import type { IncomingMessage } from 'node:http'

type Sent = Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'httpVersion'>

/** A name or an address, and a port, as RFC 3986 writes them; nothing at all is allowed too. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i

/** What is wrong with a request's `Host` header whoever is asked for (RFC 9112, 3.2), in a sentence; null for nothing. */
export function hostComplaint({ headers, rawHeaders, httpVersion }: Sent): string | null {
  const { host } = headers
  if (host === undefined)
    return httpVersion === '1.0' ? null : 'A request of HTTP/1.1 must have a Host header.'
  // Node keeps the first of two, and whoever stands before us may have gone by the second.
  if (hostsIn(rawHeaders) > 1) return 'A request must have no more than one Host header.'
  return HOST.test(host) ? null : 'The Host header names no host.'
}

/** How many of the names in a flat list are `Host`. Lengths first: it is looked at for every request. */
function hostsIn(rawHeaders: readonly string[]): number {
  let count = 0
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const name = rawHeaders[place]
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1
  }
  return count
}

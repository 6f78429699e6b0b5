import type { IncomingHttpHeaders } from 'node:http'
import { gatewayError, type GatewayError } from './errors.ts'

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** `Host` without its port, in lower case; null when it is none. */
const nameOf = (host: string | undefined): string | null =>
  /^(\[[^\]]+\]|[^:]+)(?::\d+)?$/.exec((host ?? '').toLowerCase())?.[1] ?? null

/**
 * Why a request to this host must not be served, or null: nothing that a web page can make a browser send may spend
 * money. `own` is the loopback address we listen on, where a strange name is a rebound DNS name; null when others may reach us,
 * by whatever name, and must show a key. The port is not compared: a tunnel may have another.
 */
export function refusalOf(
  headers: IncomingHttpHeaders,
  { host, own }: { host: string | undefined; own: string | null },
): GatewayError | null {
  if (own !== null && !isOwnName(nameOf(host), own))
    return gatewayError('unknown_host', `This gateway does not answer for the host "${host ?? ''}".`)
  if (isForeign(headers, host))
    return gatewayError('foreign_origin', 'This request came from a page of another origin.')
  return null
}

const isOwnName = (name: string | null, own: string): boolean =>
  name !== null && (LOOPBACK_NAMES.has(name) || name === (own.includes(':') ? `[${own}]` : own.toLowerCase()))

/** Programs send none of these headers; a page's request carries its origin, or the browser says where it comes from. */
function isForeign(headers: IncomingHttpHeaders, host: string | undefined): boolean {
  const { origin, 'sec-fetch-site': site } = headers
  if (origin !== undefined && URL.parse(origin)?.host !== host) return true
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/** Why the body must not be read, or null. A page can send other types than JSON without being asked. */
export function bodyRefusalOf(headers: IncomingHttpHeaders): GatewayError | null {
  const packed = headers['content-encoding']
  if (packed !== undefined && packed.toLowerCase() !== 'identity')
    return gatewayError('unsupported_media_type', `Send the body unpacked, not as ${packed}.`)
  return /^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '')
    ? null
    : gatewayError('unsupported_media_type', 'Send the body as application/json.')
}

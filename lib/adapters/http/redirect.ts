import { failed, type Failure } from './failure.ts'
import type { Exchanged } from './exchange.ts'
import type { HttpRequest } from './transport.ts'

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const KEEPS_METHOD = new Set([307, 308])

/** How often one check follows a redirect. */
const MAX_REDIRECTS = 3

/**
 * Where a redirect leads: the next request, a failure where it must not be followed, or null when the answer is no
 * redirect. Only the same origin is followed, or its upgrade to https on the usual ports: the key goes nowhere else.
 */
export function redirected(
  exchanged: Exchanged,
  request: HttpRequest,
  followed: number,
): HttpRequest | Failure | null {
  const { status } = exchanged
  const location = [exchanged.headers.location].flat()[0]
  if (status === null || !REDIRECTS.has(status) || location === undefined) return null
  const from = new URL(request.path, request.origin)
  const to = URL.parse(location, from)
  if (to === null) return failed('redirected', 'redirected nowhere')
  if (!isSamePlace(from, to)) return failed('redirected', `redirected to ${to.origin}`)
  if (followed >= MAX_REDIRECTS) return failed('redirected', `more than ${MAX_REDIRECTS} redirects`)
  if (request.body !== null && !KEEPS_METHOD.has(status))
    return failed('redirected', 'redirected without the request')
  return { ...request, origin: to.origin, path: `${to.pathname}${to.search}` }
}

function isSamePlace(from: URL, to: URL): boolean {
  if (to.origin === from.origin) return true
  const upgrades = from.protocol === 'http:' && to.protocol === 'https:'
  return upgrades && to.hostname === from.hostname && from.port === '' && to.port === ''
}

/** What the guard looks at; header values as they came, null when absent. */
export type GuardedRequest = {
  method: string
  host: string | null
  origin: string | null
  fetchSite: string | null
  fetchMode: string | null
  fetchDest: string | null
  contentType: string | null
  hasBody: boolean
}

/** Why a request is refused. */
export type GuardRefusal = { status: 403 | 415; detail: string }

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether `host` (a name or address, without port) is this machine and nobody else. */
export const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' ||
  host === '::1' ||
  host === '[::1]' ||
  /^127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(host)

/**
 * Why a request must not be served, or null. A name that is not ours in `Host` is a rebound DNS name; a foreign
 * `Origin` or fetch site is another page in the operator's browser; programs send neither and are let through.
 */
export function guard(request: GuardedRequest, ours: { host: string; port: number }): GuardRefusal | null {
  if (!isOurHost(request.host, ours)) {
    return { status: 403, detail: `This console does not answer for the host "${request.host ?? ''}".` }
  }
  if (isForeign(request)) {
    return { status: 403, detail: 'This request came from a page of another site.' }
  }
  if (!SAFE_METHODS.has(request.method) && !isJson(request)) {
    return { status: 415, detail: 'Send application/json.' }
  }
  return null
}

function isOurHost(header: string | null, { host, port }: { host: string; port: number }): boolean {
  const match = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec((header ?? '').toLowerCase())
  if (match?.[1] === undefined) return false
  const name = match[1]
  const ownName = host.includes(':') ? `[${host}]` : host.toLowerCase()
  return (LOOPBACK_NAMES.has(name) || name === ownName) && Number(match[2] ?? 80) === port
}

function isForeign(request: GuardedRequest): boolean {
  if (request.origin !== null && !isSameOrigin(request.origin, request.host)) return true
  if (request.fetchSite === null || request.fetchSite === 'same-origin' || request.fetchSite === 'none')
    return false
  return !isVisit(request)
}

/** Following a link to the console from elsewhere is fine: it reads a page into its own tab and changes nothing. */
const isVisit = ({ method, fetchMode, fetchDest }: GuardedRequest): boolean =>
  method === 'GET' && fetchMode === 'navigate' && fetchDest === 'document'

const isSameOrigin = (origin: string, host: string | null): boolean =>
  URL.parse(origin)?.origin === URL.parse(`http://${host ?? ''}`)?.origin

/** DELETE without a body needs no type: a foreign page cannot send it without asking first, and is never allowed to. */
const isJson = ({ method, hasBody, contentType }: GuardedRequest): boolean =>
  (method === 'DELETE' && !hasBody) || /^application\/json\s*(?:;|$)/i.test(contentType ?? '')

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

/** Where we listen, and the origin under which a proxy in front shows us to browsers; null when there is none. */
export type Ours = { host: string; port: number; publicOrigin: string | null }

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
export function guard(request: GuardedRequest, ours: Ours): GuardRefusal | null {
  if (!isOurHost(request.host, ours)) {
    const detail = `This console does not answer for the host "${request.host ?? ''}".`
    const advice = ' If a proxy in front of it has that name, set SWITCHYARD_PUBLIC_URL.'
    return { status: 403, detail: ours.publicOrigin === null ? detail + advice : detail }
  }
  if (isForeign(request, ours)) {
    return { status: 403, detail: 'This request came from a page of another site.' }
  }
  if (!SAFE_METHODS.has(request.method) && !isJson(request)) {
    return { status: 415, detail: 'Send application/json.' }
  }
  return null
}

/** `Host` taken apart, in lower case; null when it is none. */
function parseHost(header: string | null): { name: string; port: number | null } | null {
  const match = /^(\[[^\]]+\]|[^:/@?#\s]+)(?::(\d{1,5}))?$/.exec((header ?? '').toLowerCase())
  if (match?.[1] === undefined) return null
  return { name: match[1], port: match[2] === undefined ? null : Number(match[2]) }
}

/** Whether `Host` names the origin under which browsers see the console; its usual port may be left out. */
export function isPublicHost(header: string | null, publicOrigin: string): boolean {
  const { protocol, host } = new URL(publicOrigin)
  const given = parseHost(header)
  return given !== null && URL.parse(`${protocol}//${given.name}:${given.port ?? ''}`)?.host === host
}

function isOurHost(header: string | null, { host, port, publicOrigin }: Ours): boolean {
  const given = parseHost(header)
  if (given === null) return false
  if (publicOrigin !== null && isPublicHost(header, publicOrigin)) return true
  const ownName = host.includes(':') ? `[${host}]` : host.toLowerCase()
  return (LOOPBACK_NAMES.has(given.name) || given.name === ownName) && (given.port ?? 80) === port
}

function isForeign(request: GuardedRequest, { publicOrigin }: Ours): boolean {
  if (request.origin !== null && !isOwnOrigin(request.origin, request.host, publicOrigin)) return true
  if (request.fetchSite === null || request.fetchSite === 'same-origin' || request.fetchSite === 'none')
    return false
  return !isVisit(request)
}

/** Following a link to the console from elsewhere is fine: it reads a page into its own tab and changes nothing. */
const isVisit = ({ method, fetchMode, fetchDest }: GuardedRequest): boolean =>
  method === 'GET' && fetchMode === 'navigate' && fetchDest === 'document'

/** A proxy may put our own name into `Host`; the browser's `Origin` is the public one all the same, TLS included. */
function isOwnOrigin(origin: string, host: string | null, publicOrigin: string | null): boolean {
  if (origin === publicOrigin) return true
  if (publicOrigin !== null && isPublicHost(host, publicOrigin)) return false
  return URL.parse(origin)?.origin === URL.parse(`http://${host ?? ''}`)?.origin
}

/** DELETE without a body needs no type: a foreign page cannot send it without asking first, and is never allowed to. */
const isJson = ({ method, hasBody, contentType }: GuardedRequest): boolean =>
  (method === 'DELETE' && !hasBody) || /^application\/json\s*(?:;|$)/i.test(contentType ?? '')

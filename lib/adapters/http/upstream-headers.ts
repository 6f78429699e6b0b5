import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import type { Provider } from '#lib/domain/provider.ts'
import type { HeaderFields } from '#lib/services/ports.ts'

/** A client's headers that stop here: of its connection, of its browser, and all that could be a credential of its own. */
const STOPPED: ReadonlySet<string> = new Set([
  ...[
    'connection',
    'keep-alive',
    'proxy-connection',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'expect',
  ],
  ...['host', 'content-length', 'content-encoding', 'content-type', 'accept-encoding', 'http2-settings'],
  ...['authorization', 'proxy-authorization', 'x-api-key', 'api-key', 'x-goog-api-key', 'cookie', 'cookie2'],
  // They name an account of the client's, which the provider's key does not belong to.
  ...['openai-organization', 'openai-project', 'chatgpt-account-id', 'x-goog-user-project'],
  ...['origin', 'referer', 'forwarded', 'via', 'x-real-ip', 'x-request-id'],
])
const STOPPED_PREFIX = /^(?:x-switchyard-|x-stainless-|x-forwarded-|sec-|proxy-)/

/** A query's parameters that could be a credential of the client's own. */
const SECRET_PARAMETER = /^(?:api[-_]?key|key|access[-_]?token|token|sig|signature)$/i

const DEFAULTS = { accept: 'application/json', 'user-agent': 'switchyard' } as const

/**
 * The headers of a call to a provider: what of the client's may pass, under what the provider must be sent. `own` are
 * the provider's key and its own headers, which nothing replaces.
 */
export function upstreamHeaders(
  client: HeaderFields,
  own: Readonly<Record<string, string>>,
  provider: Pick<Provider, 'kind' | 'apiVersion'>,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = { ...DEFAULTS }
  if (provider.kind === 'anthropic')
    headers['anthropic-version'] = provider.apiVersion ?? KIND_FACTS.anthropic.apiVersion ?? ''
  const named = namedByConnection(client.connection)
  for (const name in client) {
    const value = client[name]
    if (value === undefined || STOPPED.has(name) || STOPPED_PREFIX.test(name)) continue
    if (named !== null && named.has(name)) continue
    headers[name] = value
  }
  headers['content-type'] = 'application/json'
  headers['accept-encoding'] = 'identity'
  return Object.assign(headers, own)
}

/** The headers that belong to the connection because `Connection` names them (RFC 9110, 7.6.1). */
export function namedByConnection(value: string | string[] | undefined): ReadonlySet<string> | null {
  if (value === undefined || value === 'keep-alive' || value === 'close') return null
  return new Set(
    [value]
      .flat()
      .flatMap((text) => text.toLowerCase().split(','))
      .map((name) => name.trim()),
  )
}

/** `path` with those of the client's parameters that may pass and are not set in it already. */
export function withQuery(path: string, query: string): string {
  if (query.length < 2) return path
  const known = new URLSearchParams(path.split('?')[1] ?? '')
  const passed = new URLSearchParams(
    [...new URLSearchParams(query)].filter(([name]) => !SECRET_PARAMETER.test(name) && !known.has(name)),
  ).toString()
  return passed === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${passed}`
}

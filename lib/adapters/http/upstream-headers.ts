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

const NOTHING: ReadonlySet<string> = new Set()

/** What is sent whatever the client says. */
const OURS = ['content-type', 'application/json', 'accept-encoding', 'identity']

/**
 * The headers of a call to a provider, as a flat list: what of the client's may pass, under what the provider must be
 * sent. `own` are the provider's key and its own headers, which nothing replaces.
 */
export function upstreamHeaders(
  client: HeaderFields,
  own: Readonly<Record<string, string>>,
  provider: Pick<Provider, 'kind' | 'apiVersion'>,
): string[] {
  const named = namedByConnection(client.connection) ?? NOTHING
  const headers = ownAndOurs(own)
  for (const name in client)
    if (!named.has(name) && !Object.hasOwn(own, name) && mayPass(name)) add(headers, name, client[name])
  const isLeftOpen = (name: string) =>
    (client[name] === undefined || named.has(name)) && !Object.hasOwn(own, name)
  if (isLeftOpen('accept')) headers.push('accept', 'application/json')
  if (isLeftOpen('user-agent')) headers.push('user-agent', 'switchyard')
  const version = anthropicVersion(provider)
  if (version !== null && isLeftOpen('anthropic-version')) headers.push('anthropic-version', version)
  return headers
}

const anthropicVersion = ({ kind, apiVersion }: Pick<Provider, 'kind' | 'apiVersion'>): string | null =>
  kind === 'anthropic' ? (apiVersion ?? KIND_FACTS.anthropic.apiVersion ?? '') : null

const mayPass = (name: string): boolean => !STOPPED.has(name) && !STOPPED_PREFIX.test(name)

function ownAndOurs(own: Readonly<Record<string, string>>): string[] {
  const headers: string[] = []
  for (const name in own) add(headers, name, own[name])
  for (let at = 0; at < OURS.length; at += 2)
    if (!Object.hasOwn(own, OURS[at] ?? '')) headers.push(OURS[at] ?? '', OURS[at + 1] ?? '')
  return headers
}

function add(headers: string[], name: string, value: string | string[] | undefined): void {
  if (typeof value === 'string') headers.push(name, value)
  else for (const one of value ?? []) headers.push(name, one)
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

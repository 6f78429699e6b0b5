import { KIND_FACTS, type AuthScheme } from '#lib/domain/provider-kinds.ts'
import type { Provider } from '#lib/domain/provider.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { ErrorAnswer } from '#lib/domain/error-answer.ts'
import type { Failure } from './failure.ts'
import type { HttpRequest } from './transport.ts'

/** The largest body that is read; what a probe asks for is far smaller. */
export const MAX_BODY_BYTES = 1_048_576

/** What an accepted answer's body turned out to be. `error` is what an error inside it says. */
export type Reading = { failure: Failure | null; usage: RawResult['usage']; error: ErrorAnswer | null }

/** A good body of which nothing more is asked. */
export const GOOD: Reading = { failure: null, usage: null, error: null }

/** A probe over HTTP, made ready. `expectStatus` null accepts any 2xx. */
export type HttpPlan = {
  type: 'http'
  request: HttpRequest
  /** A paid request takes a connection of its own, so that it need never be sent twice for a stale one. */
  fresh: boolean
  overflow: 'fail' | 'enough'
  expectStatus: number | null
  read: (text: string) => Reading
}

/** A probe that only connects. */
export type TcpPlan = { type: 'tcp'; host: string; port: number }

/** What every probe type is planned from. */
export type PlanParts = { provider: Provider; base: URL; key: string | null }

/** A header that names the connection or the body's length is undici's own to write. */
export const OWN_HEADERS = new Set([
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'expect',
])

/** The header that carries a key, by scheme. */
export const AUTH: Readonly<Record<AuthScheme, (key: string) => readonly [name: string, value: string]>> = {
  bearer: (key) => ['authorization', `Bearer ${key}`],
  'api-key': (key) => ['api-key', key],
  'x-api-key': (key) => ['x-api-key', key],
  'x-goog-api-key': (key) => ['x-goog-api-key', key],
  none: (key) => ['authorization', `Bearer ${key}`],
}

/** The headers of a provider's requests: its kind's authentication and version, under the provider's own. */
export function headersOf({ provider, key }: PlanParts, hasBody: boolean): Record<string, string> {
  const { auth, apiVersion } = KIND_FACTS[provider.kind]
  const headers: Record<string, string> = {
    accept: 'application/json, */*;q=0.5',
    'accept-encoding': 'identity',
    'user-agent': 'switchyard',
  }
  if (hasBody) headers['content-type'] = 'application/json'
  if (provider.kind === 'anthropic') headers['anthropic-version'] = provider.apiVersion ?? apiVersion ?? ''
  if (key !== null) {
    const [name, value] = AUTH[auth](key)
    headers[name] = value
  }
  for (const [name, value] of Object.entries(provider.headers)) {
    if (!OWN_HEADERS.has(name.toLowerCase())) headers[name.toLowerCase()] = value
  }
  return headers
}

/** A request to `url` with the provider's headers. */
export function requestTo(url: URL, parts: PlanParts, body: string | null): HttpRequest {
  return {
    method: body === null ? 'GET' : 'POST',
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    headers: headersOf(parts, body !== null),
    body,
  }
}

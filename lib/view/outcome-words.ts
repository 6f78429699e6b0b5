import type { ErrorKind, OutcomeClass } from '#lib/domain/outcome.ts'

/** Outcome classes as operators read them. */
export const CLASS_WORDS: Record<OutcomeClass, string> = {
  ok: 'ok',
  provider_error: 'provider error',
  rate_limited: 'rate limited',
  credentials: 'credentials refused',
  client_error: 'client error',
  cancelled: 'cancelled',
  internal: 'our own fault',
}

/** Error kinds as operators read them. */
export const KIND_WORDS: Record<ErrorKind, string> = {
  dns: 'name not found (DNS)',
  refused: 'connection refused',
  unreachable: 'host unreachable',
  connect_timeout: 'connect timeout',
  tls: 'TLS failure',
  reset: 'connection reset',
  response_timeout: 'response timeout',
  stalled: 'stream stalled',
  body_broken: 'body broken off',
  body_too_large: 'body too large',
  bad_body: 'unexpected body',
  error_body: 'error in the body',
  http_status: 'HTTP error',
  overloaded: 'overloaded',
  rate_limited: 'rate limited',
  unauthorized: 'key refused',
  no_credit: 'no credit',
  probe_misconfigured: 'probe misconfigured',
  redirected: 'redirected elsewhere',
  secret_missing: 'key missing',
  loop_stalled: 'event loop late',
  egress_down: 'our network down',
  resources_exhausted: 'out of resources',
  client_gone: 'client went away',
  client_deadline: "client's deadline",
}

/** What went wrong with one call: its kind, with the HTTP status where that is the news: "HTTP error 502". */
export function errorWords({
  kind,
  httpStatus,
}: {
  kind: ErrorKind | null
  httpStatus: number | null
}): string {
  if (kind === null) return httpStatus === null ? 'unknown error' : `HTTP ${httpStatus}`
  return kind === 'http_status' && httpStatus !== null ? `HTTP ${httpStatus}` : KIND_WORDS[kind]
}

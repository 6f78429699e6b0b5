import type { ErrorKind } from './outcome.ts'

/** What went wrong, in the few words an operator reads in a list; where a call knows more, it says more. */
export const ERROR_WORDS: Readonly<Record<ErrorKind, string>> = {
  dns: 'name not found',
  refused: 'connect refused',
  unreachable: 'host unreachable',
  connect_timeout: 'no connection in time',
  tls: 'TLS handshake failed',
  reset: 'connection reset',
  response_timeout: 'no answer in time',
  stalled: 'answer stalled',
  body_broken: 'answer broke off',
  body_too_large: 'answer too large',
  bad_body: 'answer is not what the API promises',
  error_body: 'error inside a good answer',
  http_status: 'unexpected status',
  overloaded: 'overloaded',
  rate_limited: 'rate limited',
  unauthorized: 'key refused',
  no_credit: 'no credit left',
  probe_misconfigured: 'probe misconfigured',
  redirected: 'redirected to another host',
  secret_missing: 'key not set',
  loop_stalled: 'Switchyard was late itself',
  egress_down: 'no network here',
  resources_exhausted: 'out of file descriptors or ports here',
  client_gone: 'client went away',
  client_deadline: "client's own deadline passed",
  refused_by_policy: 'refused by policy',
}

/** Reason phrases of RFC 9110 and of the codes that LLM APIs add. */
const PHRASES: Readonly<Record<number, string>> = {
  300: 'multiple choices',
  301: 'moved permanently',
  302: 'found',
  303: 'see other',
  304: 'not modified',
  307: 'temporary redirect',
  308: 'permanent redirect',
  400: 'bad request',
  401: 'unauthorized',
  402: 'payment required',
  403: 'forbidden',
  404: 'not found',
  405: 'method not allowed',
  406: 'not acceptable',
  408: 'request timeout',
  409: 'conflict',
  410: 'gone',
  413: 'content too large',
  415: 'unsupported media type',
  421: 'misdirected request',
  422: 'unprocessable content',
  425: 'too early',
  429: 'too many requests',
  451: 'unavailable for legal reasons',
  498: 'capacity exceeded',
  499: 'client closed request',
  500: 'internal server error',
  501: 'not implemented',
  502: 'bad gateway',
  503: 'service unavailable',
  504: 'gateway timeout',
  520: 'unknown error at the edge',
  521: 'origin down',
  522: 'origin connect timeout',
  523: 'origin unreachable',
  524: 'origin timeout',
  529: 'overloaded',
}

/** A status as an operator says it: "502 bad gateway". */
export function statusWords(status: number): string {
  const phrase = PHRASES[status]
  return phrase === undefined ? `status ${status}` : `${status} ${phrase}`
}

/** `text` as one line of at most 200 characters, cut with an ellipsis. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`
}

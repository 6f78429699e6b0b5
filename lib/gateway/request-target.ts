import type { IncomingHttpHeaders } from 'node:http'

/** What a request is aimed at; `query` with its `?`, empty where there is none. */
export type RequestTarget = { path: string; query: string; host: string | undefined }

const ABSOLUTE = /^https?:\/\//i

/**
 * Reads a request's target. Written as a whole URL, as clients do that take us for a proxy, its host goes before the
 * `Host` header's (RFC 9112, 3.2.2), also for whoever asks whether we answer to it.
 */
export function requestTarget(url: string, { host }: IncomingHttpHeaders): RequestTarget {
  const whole = ABSOLUTE.test(url) ? URL.parse(url) : null
  if (whole !== null) return { path: whole.pathname, query: whole.search, host: whole.host }
  const mark = url.indexOf('?')
  return mark === -1
    ? { path: url, query: '', host }
    : { path: url.slice(0, mark), query: url.slice(mark), host }
}

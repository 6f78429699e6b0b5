import { randomUUID } from 'node:crypto'

/** The caller's request id when it is a plain short word, otherwise a new one. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get('x-request-id')
  return given !== null && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID()
}

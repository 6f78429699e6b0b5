import type { HeaderFields } from '#lib/services/ports.ts'

/** A provider's headers that stop here: of its connection, its origin and its cookies, and those that we write. */
const STOPPED: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['proxy-authenticate', 'www-authenticate', 'content-length', 'date', 'set-cookie', 'set-cookie2'],
  ...[
    'alt-svc',
    'strict-transport-security',
    'server',
    'server-timing',
    'via',
    'nel',
    'report-to',
    'location',
  ],
  ...['x-request-id', 'x-should-retry'],
])
const STOPPED_PREFIX = /^(?:x-switchyard-|access-control-|content-security-|cross-origin-)/

/** Adds those of the provider's headers that are passed on to a flat list; its own request id under another name. */
export function passHeaders(headers: HeaderFields, passed: string[]): void {
  const named = namedByConnection(headers.connection)
  for (const name in headers) {
    const value = headers[name]
    if (value === undefined || STOPPED.has(name) || STOPPED_PREFIX.test(name) || named?.has(name) === true)
      continue
    if (typeof value === 'string') passed.push(name, value)
    else for (const one of value) passed.push(name, one)
  }
  const id = headers['x-request-id']
  if (typeof id === 'string') passed.push('x-switchyard-upstream-request-id', id)
}

/** The headers that belong to the connection because `Connection` names them (RFC 9110, 7.6.1). */
function namedByConnection(value: string | string[] | undefined): ReadonlySet<string> | null {
  if (value === undefined || value === 'keep-alive' || value === 'close') return null
  const names = [value].flat().flatMap((text) => text.toLowerCase().split(','))
  return new Set(names.map((name) => name.trim()))
}

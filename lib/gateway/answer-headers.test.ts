import { describe, expect, it } from 'vitest'
import { passHeaders } from './answer-headers.ts'

const passed = (headers: Parameters<typeof passHeaders>[0]): string[] => {
  const all: string[] = []
  passHeaders(headers, all)
  return all
}

describe('a provider’s header', () => {
  it.each([
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
    ...['x-should-retry', 'x-switchyard-provider', 'x-switchyard-decision', 'x-switchyard-attempts'],
    ...['access-control-allow-origin', 'content-security-policy', 'cross-origin-opener-policy'],
  ])('of its connection, its origin or our own stops here: %s', (name) => {
    expect(passed({ [name]: 'x', 'x-model': 'y' })).toEqual(['x-model', 'y'])
  })

  it('stops here where its connection names it, in whatever case and however often', () => {
    const headers = { connection: ['close, X-Hop', 'x-hop-2'], 'x-hop': 'a', 'x-hop-2': 'b', 'x-end': 'c' }
    expect(passed(headers)).toEqual(['x-end', 'c'])
  })

  it.each([
    'content-type',
    'retry-after',
    'x-ratelimit-remaining-requests',
    'openai-version',
    'cache-control',
  ])('of its answer is passed on: %s', (name) => {
    expect(passed({ [name]: ['x', 'y'] })).toEqual([name, 'x', name, 'y'])
  })

  it('that is its own request id is passed on under another name', () => {
    expect(passed({ 'x-request-id': 'theirs' })).toEqual(['x-switchyard-upstream-request-id', 'theirs'])
  })
})

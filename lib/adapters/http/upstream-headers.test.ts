import { describe, expect, it } from 'vitest'
import type { HeaderFields } from '#lib/services/ports.ts'
import { upstreamHeaders } from './upstream-headers.ts'

/** The headers of a call by name; one that is sent twice has both values. */
function sent(
  client: HeaderFields,
  own: Record<string, string> = {},
  kind: 'openai' | 'anthropic' = 'openai',
) {
  const flat = upstreamHeaders(client, own, { kind, apiVersion: null })
  const values = new Map<string, string[]>()
  for (let at = 0; at < flat.length; at += 2) {
    const name = flat[at] ?? ''
    values.set(name, [...(values.get(name) ?? []), flat[at + 1] ?? ''])
  }
  return Object.fromEntries(values)
}

const PLAIN = {
  'content-type': ['application/json'],
  'accept-encoding': ['identity'],
  accept: ['application/json'],
  'user-agent': ['switchyard'],
}

describe('the headers of a call to a provider', () => {
  it('say what a call is where nobody says more', () => {
    expect(sent({})).toEqual(PLAIN)
  })

  it.each<[string, HeaderFields, Record<string, string>, object]>([
    [
      'the client’s, where they may pass',
      { accept: 'text/event-stream' },
      {},
      { accept: ['text/event-stream'] },
    ],
    ['each value of a header that has several', { 'x-two': ['a', 'b'] }, {}, { 'x-two': ['a', 'b'] }],
    ['one by the name of what every object has', { constructor: 'a' }, {}, { constructor: ['a'] }],
    ['the provider’s own instead of the client’s', { 'x-org': 'a' }, { 'x-org': 'b' }, { 'x-org': ['b'] }],
    [
      'its own instead of what is always sent',
      {},
      { accept: 'a', 'content-type': 'b' },
      { accept: ['a'], 'content-type': ['b'] },
    ],
    [
      'nothing of the client’s connection',
      { connection: 'accept, x-hop', accept: 'a', 'x-hop': '1' },
      {},
      {},
    ],
    [
      'nothing that could be a credential',
      { authorization: 'a', cookie: 'b', 'x-stainless-os': 'c' },
      {},
      {},
    ],
    [
      'no type, packing or length but ours',
      { 'content-type': 'a', 'accept-encoding': 'b', 'content-length': '9' },
      {},
      {},
    ],
  ])('are %s', (_what, client, own, more) => {
    expect(sent(client, own)).toEqual({ ...PLAIN, ...more })
  })

  it.each<[string, HeaderFields, Record<string, string>, string]>([
    ['ours where nobody names one', {}, {}, '2023-06-01'],
    ['the client’s', { 'anthropic-version': '2024-01-01' }, {}, '2024-01-01'],
    [
      'the provider’s before the client’s',
      { 'anthropic-version': '2024-01-01' },
      { 'anthropic-version': '2025-01-01' },
      '2025-01-01',
    ],
  ])('name Anthropic’s version once: %s', (_what, client, own, version) => {
    expect(sent(client, own, 'anthropic')['anthropic-version']).toEqual([version])
  })
})

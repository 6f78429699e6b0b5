import { describe, expect, it } from 'vitest'
import { clientReader } from './client-of.ts'

const read = clientReader({
  publicOrigin: 'https://console.example',
  trustedProxies: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'],
})
const from = (remoteAddress: string, forwardedFor?: string) =>
  read({
    remoteAddress,
    headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor },
  })

describe('the address of a client', () => {
  it.each<[why: string, peer: string, forwardedFor: string | undefined, address: string]>([
    ['nothing in between', '203.0.113.7', undefined, '203.0.113.7'],
    ['an IPv4 address on an IPv6 socket', '::ffff:203.0.113.7', undefined, '203.0.113.7'],
    ['one proxy', '127.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['two proxies', '127.0.0.1', '203.0.113.7, 10.1.2.3', '203.0.113.7'],
    ['a proxy by IPv6', 'fd00::1', '2001:db8::5', '2001:db8::5'],
    ['a client that makes up hops', '127.0.0.1', '1.1.1.1, 10.9.9.9, 203.0.113.7, 10.1.2.3', '203.0.113.7'],
    ['a stranger that says it is a proxy', '203.0.113.7', '1.1.1.1', '203.0.113.7'],
    ['a hop that is no address', '127.0.0.1', '1.1.1.1, unknown, 10.1.2.3', '10.1.2.3'],
    ['only proxies of ours', '127.0.0.1', '10.1.2.3', '10.1.2.3'],
    ['a hop with a port', '127.0.0.1', '203.0.113.7:5123', '203.0.113.7'],
    ['a hop in brackets', '127.0.0.1', '[2001:db8::5]:5123', '2001:db8::5'],
    ['an empty list', '127.0.0.1', ' , ', '127.0.0.1'],
  ])('%s', (_why, peer, forwardedFor, address) => {
    expect(from(peer, forwardedFor).address).toBe(address)
  })

  it('is local only where nothing is in between', () => {
    expect(from('127.0.0.1').isLocal).toBe(true)
    expect(from('::ffff:127.0.0.1').isLocal).toBe(true)
    expect(from('203.0.113.7').isLocal).toBe(false)
    expect(from('127.0.0.1', '127.0.0.1').isLocal).toBe(false)
    const headers = [
      { host: 'console.example' },
      { forwarded: 'for=1.1.1.1' },
      { origin: 'https://console.example' },
    ]
    for (const one of headers) expect(read({ remoteAddress: '127.0.0.1', headers: one }).isLocal).toBe(false)
  })
})

describe('whether a browser speaks TLS', () => {
  it.each<[why: string, peer: string, headers: Record<string, string>, isSecure: boolean]>([
    ['a trusted proxy says so', '127.0.0.1', { 'x-forwarded-proto': 'https' }, true],
    ['the nearest proxy says so', '127.0.0.1', { 'x-forwarded-proto': 'http, https' }, true],
    ['only the client says so', '127.0.0.1', { 'x-forwarded-proto': 'https, http' }, false],
    ['a stranger says so', '203.0.113.7', { 'x-forwarded-proto': 'https' }, false],
    ['it came by the public name', '203.0.113.7', { host: 'console.example' }, true],
    ['its page is of the public origin', '203.0.113.7', { origin: 'https://console.example' }, true],
    ['it came by the name of this machine', '127.0.0.1', { host: 'localhost:3000' }, false],
  ])('%s: %s', (_why, remoteAddress, headers, isSecure) => {
    expect(read({ remoteAddress, headers }).isSecure).toBe(isSecure)
  })

  it('follows a public URL without TLS', () => {
    const plain = clientReader({ publicOrigin: 'http://console.lan', trustedProxies: [] })
    expect(plain({ remoteAddress: '127.0.0.1', headers: { host: 'console.lan' } }).isSecure).toBe(false)
  })
})

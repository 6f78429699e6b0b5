import { describe, expect, it } from 'vitest'
import { guard, type GuardedRequest, isLoopbackHost } from './guard.ts'

const ours = { host: '127.0.0.1', port: 3_000, publicOrigin: null }
const plain: GuardedRequest = {
  method: 'GET',
  host: 'localhost:3000',
  origin: null,
  fetchSite: null,
  fetchMode: null,
  fetchDest: null,
  contentType: null,
  hasBody: false,
}
const post: Partial<GuardedRequest> = { method: 'POST', contentType: 'application/json', hasBody: true }
const visit: Partial<GuardedRequest> = {
  fetchSite: 'cross-site',
  fetchMode: 'navigate',
  fetchDest: 'document',
}

describe('guard', () => {
  it.each<[why: string, request: Partial<GuardedRequest>, status: number | null]>([
    ['a program reads', {}, null],
    ['a program reads by address', { host: '127.0.0.1:3000' }, null],
    ['a program reads by IPv6 address', { host: '[::1]:3000' }, null],
    ['a name in capitals is the same name', { host: 'LOCALHOST:3000' }, null],
    ['a rebound name', { host: 'rebound.example:3000' }, 403],
    ['a name that only begins like ours', { host: 'localhost.example:3000' }, 403],
    ['our name with another port', { host: 'localhost:3001' }, 403],
    ['our name without its port', { host: 'localhost' }, 403],
    ['no Host at all', { host: null }, 403],
    ['a Host that is no host', { host: 'localhost:3000:80' }, 403],
    ['a page of ours reads', { origin: 'http://localhost:3000', fetchSite: 'same-origin' }, null],
    ['somebody types the address', { fetchSite: 'none', fetchMode: 'navigate', fetchDest: 'document' }, null],
    ['somebody follows a link from elsewhere', visit, null],
    ['a foreign page frames us', { ...visit, fetchDest: 'iframe' }, 403],
    ['a foreign form posts to us', { ...visit, ...post }, 403],
    [
      'a foreign page reads',
      { origin: 'https://foreign.example', fetchSite: 'cross-site', fetchMode: 'cors' },
      403,
    ],
    [
      'a foreign page loads us as an image',
      { fetchSite: 'cross-site', fetchMode: 'no-cors', fetchDest: 'image' },
      403,
    ],
    [
      'a page on another port of this machine',
      { origin: 'http://localhost:5173', fetchSite: 'same-site' },
      403,
    ],
    ['a foreign page asks whether it may', { method: 'OPTIONS', origin: 'https://foreign.example' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['the same name over https is not this origin', { origin: 'https://localhost:3000' }, 403],
    ['a program writes JSON', post, null],
    [
      'a page of ours writes JSON',
      { ...post, origin: 'http://localhost:3000', fetchSite: 'same-origin' },
      null,
    ],
    ['JSON with a charset', { ...post, contentType: 'application/json; charset=utf-8' }, null],
    ['a form', { ...post, contentType: 'application/x-www-form-urlencoded' }, 415],
    ['text', { ...post, contentType: 'text/plain' }, 415],
    ['a type that only begins like JSON', { ...post, contentType: 'application/jsonp' }, 415],
    ['no type', { ...post, contentType: null }, 415],
    ['a post without a body needs the type all the same', { method: 'POST', contentType: null }, 415],
    ['a delete without a body', { method: 'DELETE' }, null],
    [
      'a delete with a body of another type',
      { method: 'DELETE', hasBody: true, contentType: 'text/plain' },
      415,
    ],
    ['an old browser that sends Origin only', { ...post, origin: 'https://foreign.example' }, 403],
  ])('%s', (_why, request, status) => {
    expect(guard({ ...plain, ...request }, ours)?.status ?? null).toBe(status)
  })

  it('answers for the address it listens on, and for port 80 without naming it', () => {
    expect(
      guard({ ...plain, host: '127.0.0.2:3000' }, { ...ours, host: '127.0.0.2', port: 3_000 }),
    ).toBeNull()
    expect(guard({ ...plain, host: '127.0.0.2:3000' }, ours)).toMatchObject({ status: 403 })
    expect(guard({ ...plain, host: 'localhost' }, { ...ours, host: '::1', port: 80 })).toBeNull()
  })
})

describe('guard behind a proxy', () => {
  const front = { ...ours, publicOrigin: 'https://console.example' }
  const page = { fetchSite: 'same-origin', origin: 'https://console.example' }

  it.each<[why: string, request: Partial<GuardedRequest>, status: number | null]>([
    ['the public name', { host: 'console.example' }, null],
    ['the public name with its port', { host: 'Console.Example:443' }, null],
    ['the name of this machine, still', {}, null],
    ['a page of ours under the public name', { ...post, ...page, host: 'console.example' }, null],
    ['a page of ours, where the proxy puts our own name into Host', { ...post, ...page }, null],
    ['a page of ours on this machine', { ...post, origin: 'http://localhost:3000' }, null],
    ['another name', { host: 'other.example' }, 403],
    ['the public name with another port', { host: 'console.example:8443' }, 403],
    ['a name that ends like the public one', { host: 'evil-console.example' }, 403],
    ['more than a name', { host: 'console.example/..' }, 403],
    ['a name before the public one', { host: 'ann@console.example' }, 403],
    [
      'a page of the public name without TLS',
      { host: 'console.example', origin: 'http://console.example' },
      403,
    ],
    ['a page of this machine', { host: 'console.example', origin: 'http://localhost:3000' }, 403],
    ['a page of another name', { host: 'console.example', origin: 'https://evil.example' }, 403],
  ])('%s', (_why, request, status) => {
    expect(guard({ ...plain, ...request }, front)?.status ?? null).toBe(status)
  })

  it('says what to do about a proxy that it does not know', () => {
    const request = { ...plain, host: 'console.example' }
    expect(guard(request, ours)?.detail).toContain('SWITCHYARD_PUBLIC_URL')
  })
})

describe('isLoopbackHost', () => {
  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['127.255.255.254', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['127.0.0.1.example', false],
    ['127.0.0.256', false],
    ['192.168.1.5', false],
  ])('%s: %s', (host, expected) => {
    expect(isLoopbackHost(host)).toBe(expected)
  })
})

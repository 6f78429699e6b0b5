import { describe, expect, it } from 'vitest'
import { cookieLine, cookieName } from './own-cookie.ts'
import { createKnownBrowsers } from './known-browsers.ts'

const PLAIN = { path: '/', isSecure: false }
const WHOLE_HOST = { path: '/', isSecure: true }
const BELOW = { path: '/switchyard', isSecure: true }

describe('a cookie of ours', () => {
  it.each([
    ['as it is without TLS', PLAIN, 'switchyard.browser'],
    ['by the host with TLS', WHOLE_HOST, '__Host-switchyard.browser'],
    [
      'as secure with TLS under a path, where a cookie of the host cannot be',
      BELOW,
      '__Secure-switchyard.browser',
    ],
  ])('is named %s', (_how, terms, name) => {
    expect(cookieName('switchyard.browser', terms)).toBe(name)
  })

  it('has what its name makes browsers insist on', () => {
    expect(cookieLine('one', 'value', { ...WHOLE_HOST, lifeS: 60 })).toBe(
      '__Host-one=value; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure',
    )
    expect(cookieLine('one', '', { ...BELOW, lifeS: 0 })).toBe(
      '__Secure-one=; Max-Age=0; Path=/switchyard; HttpOnly; SameSite=Lax; Secure',
    )
    expect(cookieLine('one', 'value', { ...PLAIN, lifeS: 60 })).not.toContain('Secure')
  })
})

describe('a known browser', () => {
  it.each([PLAIN, WHOLE_HOST, BELOW])('is known by the cookie that it was given with %o', (terms) => {
    const known = createKnownBrowsers('a secret', terms)
    const [pair = ''] = known.cookieFor('ada').split('; ')
    expect(known.idOf(pair, 'ada')).not.toBeNull()
    expect(known.idOf(pair, 'eve')).toBeNull()
  })

  it('is not known with TLS by a cookie that was set without', () => {
    const [pair = ''] = createKnownBrowsers('a secret', PLAIN).cookieFor('ada').split('; ')
    expect(createKnownBrowsers('a secret', WHOLE_HOST).idOf(pair, 'ada')).toBeNull()
  })
})

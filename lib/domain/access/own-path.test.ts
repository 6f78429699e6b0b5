import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownPath } from './own-path.ts'

describe('the page to go on to', () => {
  it.each([
    ['/', '/'],
    ['/providers/acme', '/providers/acme'],
    ['/providers/acme?range=24h&model=a%2Fb#checks', '/providers/acme?range=24h&model=a%2Fb#checks'],
    ['/settings?next=//evil.example', '/settings?next=//evil.example'],
    ['/providers/a%20b', '/providers/a%20b'],
    ['/providers/é', '/providers/%C3%A9'],
    ['/providers/../routes', '/routes'],
  ])('is %s', (asked, path) => {
    expect(ownPath(asked)).toBe(path)
  })

  it.each([
    '',
    'providers',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\\/evil.example',
    '/a\\b',
    'https://evil.example/',
    'javascript:alert(1)',
    ' //evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\nset-cookie: a=b',
    '/a?b=\r\nset-cookie: a=b',
    '/\u0000',
    '/%2fevil.example',
    '/%2F%2Fevil.example',
    '/%252f%252fevil.example',
    '/%25252fevil.example',
    '/%5cevil.example',
    '/%255cevil.example',
    '/%09/evil.example',
    '/%0d%0aset-cookie:a=b',
    '/..//evil.example',
    '/.//evil.example',
    '/%2e%2e//evil.example',
    '/a/..//evil.example',
    '/%2e/%2fevil.example',
    '/%',
    '/%c0%af',
    `/${'a'.repeat(1_000)}`,
  ])('is the overview for %j', (asked) => {
    expect(ownPath(asked)).toBe('/')
  })

  it('is always on the console, however it was asked for', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2f',
      '%5c',
      '%25',
      '\t',
      '\n',
      'a',
      '@',
      ':',
      '?',
      '#',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = ownPath(`/${pieces.join('')}evil.example`)
        expect(new URL(path, 'https://console.example').origin).toBe('https://console.example')
        expect(path).toMatch(/^\/(?![/\\])/)
        expect(ownPath(path)).toBe(path)
      }),
    )
  })
})

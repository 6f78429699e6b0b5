import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pageOf, PAGES, PLACES } from './pages.ts'

const APP = join(import.meta.dirname, '..', '..', 'app', '(console)')

describe('the keys after g', () => {
  it('go to every page, and to the providers', () => {
    expect(PLACES.map(({ key, href }) => `${key} ${href}`)).toEqual([
      'o /',
      'c /circuits',
      'r /routing',
      'i /incidents',
      'a /audit',
      's /settings',
      'p /settings/providers',
    ])
    expect(PLACES.slice(0, PAGES.length)).toEqual(PAGES)
  })

  it('are one for each place, and each place is there', () => {
    expect(new Set(PLACES.map(({ key }) => key)).size).toBe(PLACES.length)
    for (const { href } of PLACES) expect(existsSync(join(APP, href, 'page.tsx')), href).toBe(true)
  })
})

describe('pageOf', () => {
  it.each([
    ['/', '/'],
    ['/providers/openai-prod', '/'],
    ['/circuits', '/circuits'],
    ['/incidents/inc_1', '/incidents'],
    ['/settings/users', '/settings'],
    ['/profile', null],
  ])('says of %s that it belongs to %s', (path, page) => {
    expect(pageOf(path)).toBe(page)
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EXCEPTIONS, exceptionsFor, isAllowed } from './licence-policy.ts'
import { licencesDocument } from './licences-document.ts'
import { productionPackages } from './production-packages.ts'

const ROOT = join(import.meta.dirname, '..')
const lockFile = readFileSync(join(ROOT, 'package-lock.json'), 'utf8')
const packages = productionPackages(lockFile)

describe('licences', () => {
  it('of every package that the product is made of are allowed', () => {
    expect(packages.length).toBeGreaterThan(100)
    expect(packages.filter((one) => !isAllowed(one))).toEqual([])
  })

  it('are listed as they are now', async () => {
    const listed = readFileSync(join(ROOT, 'docs', 'licences.md'), 'utf8')
    expect(listed === (await licencesDocument(lockFile)), 'run npm run licences').toBe(true)
  })

  it('have no exception that nothing needs', () => {
    const needed = new Set(packages.flatMap(exceptionsFor))
    expect(EXCEPTIONS.filter((one) => !needed.has(one))).toEqual([])
  })

  it.each<[license: string | null, isFine: boolean]>([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND ISC', true],
    ['MIT and ISC', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only OR AGPL-3.0-only', false],
    ['AGPL-3.0-only', false],
    ['LGPL-3.0-or-later', false],
    ['(MIT OR ISC) AND GPL-3.0-only', false],
    ['UNLICENSED', false],
    ['SEE LICENSE IN LICENSE.txt', false],
    ['', false],
    [null, false],
  ])('%s: %s', (license, isFine) => {
    expect(isAllowed({ name: 'some-package', license })).toBe(isFine)
  })

  it('of a package that was looked at are looked at anew when they change', () => {
    expect(isAllowed({ name: 'elkjs', license: 'EPL-2.0' })).toBe(true)
    expect(isAllowed({ name: 'elkjs', license: 'AGPL-3.0-only' })).toBe(false)
    expect(isAllowed({ name: 'elkjs', license: 'GPL-2.0-only' })).toBe(false)
  })
})

describe('what the product is made of', () => {
  const entry = (version: string, more: object = {}) => ({ version, license: 'MIT', ...more })
  const lock = {
    packages: {
      '': { dependencies: { a: '1' }, devDependencies: { tool: '1' } },
      'node_modules/a': entry('1.0.0', {
        dependencies: { '@s/b': '2' },
        optionalDependencies: { native: '1' },
        peerDependencies: { peer: '1', 'maybe-peer': '1' },
        peerDependenciesMeta: { 'maybe-peer': { optional: true } },
      }),
      'node_modules/@s/b': entry('1.0.0'),
      'node_modules/a/node_modules/@s/b': entry('2.0.0', { dependencies: { a: '1', c: '1' } }),
      'node_modules/c': entry('3.0.0'),
      'node_modules/native': entry('1.0.0', { optional: true }),
      'node_modules/peer': entry('1.0.0'),
      'node_modules/maybe-peer': entry('1.0.0', { dependencies: { tool: '1' } }),
      'node_modules/tool': entry('1.0.0', { dev: true }),
    },
  }

  it('is what it needs, and what that needs, as Node finds it; no tools', () => {
    const found = productionPackages(JSON.stringify(lock))
    expect(found.map(({ name, version }) => `${name} ${version}`)).toEqual([
      '@s/b 2.0.0',
      'a 1.0.0',
      'c 3.0.0',
      'native 1.0.0',
      'peer 1.0.0',
    ])
    expect(found.filter(({ isDirect }) => isDirect).map(({ name }) => name)).toEqual(['a'])
  })
})

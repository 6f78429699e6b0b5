import { describe, expect, it } from 'vitest'
import { basePathOf, buildFolderOf, isBasePath, pathWithin } from './base-path.ts'

describe('a base path', () => {
  it.each(['', '/ops', '/ops/switchyard', '/~ann/v1.2_x-y'])('may be %j', (path) => {
    expect(isBasePath(path)).toBe(true)
    expect(basePathOf({ SWITCHYARD_BASE_PATH: path })).toBe(path)
  })

  it.each([
    '/',
    'ops',
    '/ops/',
    '//ops',
    '/ops//x',
    '/../x',
    '/.',
    '/a b',
    '/a?b',
    '/a%2fb',
    'https://x.example',
  ])('may not be %j', (path) => {
    expect(() => basePathOf({ SWITCHYARD_BASE_PATH: path })).toThrow('such as /ops/switchyard')
  })

  it('has a build of its own', () => {
    expect(['', '/ops', '/ops/switchyard'].map(buildFolderOf)).toEqual([
      '.next',
      '.cache/next-ops',
      '.cache/next-ops-switchyard',
    ])
  })

  it.each<[base: string, path: string, within: string | null]>([
    ['', '/', '/'],
    ['', '/api/monitor', '/api/monitor'],
    ['/ops', '/ops', '/'],
    ['/ops', '/ops/', '/'],
    ['/ops', '/ops?range=1h', '/'],
    ['', 'http://evil.example/', null],
    ['/ops', '/ops/api/monitor', '/api/monitor'],
    ['/ops', '/ops/api/health', '/api/health'],
    ['/ops', '/api/health', '/api/health'],
    ['/ops', '/api/health/ready', '/api/health/ready'],
    ['/ops', '/api/monitor', null],
    ['/ops', '/opsx/api/monitor', null],
    ['/ops', '/', null],
  ])('%j has %j as %j', (base, path, within) => {
    expect(pathWithin(base, path)).toBe(within)
  })
})

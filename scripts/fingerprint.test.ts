import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprint } from './fingerprint.ts'

describe('fingerprint', () => {
  let root = ''
  const take = () =>
    fingerprint(root, ['lib', 'next.config.mjs', 'missing'], (path) => !path.endsWith('.test.ts'))

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'fingerprint-'))
    await mkdir(join(root, 'lib', 'domain'), { recursive: true })
    await writeFile(join(root, 'lib', 'domain', 'a.ts'), 'one')
    await writeFile(join(root, 'next.config.mjs'), 'config')
  })
  afterEach(() => rm(root, { recursive: true }))

  it('stays the same while nothing changes', async () => {
    expect(await take()).toBe(await take())
  })

  it.each<[why: string, change: () => Promise<void>]>([
    ['a nested file changes', () => writeFile(join(root, 'lib', 'domain', 'a.ts'), 'two')],
    ['a file is added', () => writeFile(join(root, 'lib', 'b.ts'), '')],
    [
      'a file is renamed',
      () => rename(join(root, 'lib', 'domain', 'a.ts'), join(root, 'lib', 'domain', 'b.ts')),
    ],
    ['a listed file changes', () => writeFile(join(root, 'next.config.mjs'), 'other')],
    ['a missing path appears', () => writeFile(join(root, 'missing'), '')],
  ])('changes when %s', async (_why, change) => {
    const before = await take()
    await change()
    expect(await take()).not.toBe(before)
  })

  it('ignores what does not count', async () => {
    const before = await take()
    await writeFile(join(root, 'lib', 'a.test.ts'), 'test')
    expect(await take()).toBe(before)
  })
})

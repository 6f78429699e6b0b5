import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'switchyard-folder-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('makeFolder', () => {
  it('makes all that is missing, with the mode it is given, and leaves what is there', () => {
    const path = join(folder, 'a', 'b', 'c')
    makeFolder(path, 0o700)
    for (const made of ['a', 'a/b', 'a/b/c']) expect(statSync(join(folder, made)).mode & 0o777).toBe(0o700)
    makeFolder(path, 0o755)
    expect(statSync(path).mode & 0o777).toBe(0o700)
  })

  it('takes a link to a folder for one', () => {
    symlinkSync(folder, join(folder, 'link'))
    makeFolder(join(folder, 'link', 'd'))
    expect(statSync(join(folder, 'd')).isDirectory()).toBe(true)
  })

  it('throws where a file, or a link that leads nowhere, is in the way', () => {
    writeFileSync(join(folder, 'file'), '')
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'))
    for (const name of ['file', 'file/e', 'dangling', 'dangling/e'])
      expect(() => makeFolder(join(folder, name)), name).toThrow(/EEXIST|ENOTDIR/)
  })

  // In a process of its own, which can be ended when it does not.
  it('throws, and comes to an end, where the system keeps the folders itself', () => {
    const script = `
      import { makeFolder } from '#lib/adapters/make-folder.ts'
      try { makeFolder('/proc/nowhere/x') } catch (error) { console.log(error.code) }`
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 20_000,
      killSignal: 'SIGKILL',
      encoding: 'utf8',
    })
    expect(said).toMatch(/^E[A-Z]+\n$/)
  })
})

import { describe, expect, it } from 'vitest'
import { readsByFolder } from './reads-by-folder.ts'

const UNANSWERED = { code: 'unavailable', message: 'the disk it is on does not answer' }

const TOO_MANY = { code: 'unavailable', message: 'other files of keys are on disks that do not answer' }

/** A disk whose folders `/stuck…` answer only once they are let go. */
function disk() {
  const { promise: letGo, resolve } = Promise.withResolvers<undefined>()
  const begun: string[] = []
  const read = async (path: string) => {
    begun.push(path)
    if (path.startsWith('/stuck')) await letGo
    return `text of ${path}`
  }
  return { begun, letGo: () => resolve(undefined), text: readsByFolder(read, 40) }
}

describe('reading by folder', () => {
  it('gives up on a file that does not come, and on its folder at once, with one read under way for all', async () => {
    const { begun, text } = disk()
    const asked = ['/stuck/a', '/stuck/a', '/stuck/b'].map((path) => text(path))
    for (const answer of asked) await expect(answer).rejects.toMatchObject(UNANSWERED)
    await expect(text('/stuck/c')).rejects.toMatchObject(UNANSWERED)
    expect(begun).toEqual(['/stuck/a'])
  })

  it('reads what is in other folders meanwhile, and in this one again once it answers', async () => {
    const { text, letGo } = disk()
    await expect(text('/stuck/a')).rejects.toMatchObject(UNANSWERED)
    expect(await Promise.all([text('/fine/a'), text('/fine/b')])).toEqual([
      'text of /fine/a',
      'text of /fine/b',
    ])
    letGo()
    await expect.poll(() => text('/stuck/a').catch(String)).toBe('text of /stuck/a')
  })

  it('leaves a thread to names and other files, however many folders are stuck, and reads on as long as it can', async () => {
    const { begun, text } = disk()
    for (const path of ['/stuck1/a', '/stuck2/a']) await expect(text(path)).rejects.toMatchObject(UNANSWERED)
    expect(await Promise.all([text('/fine/a'), text('/fine2/a')])).toEqual([
      'text of /fine/a',
      'text of /fine2/a',
    ])
    const [third, behind] = [text('/stuck3/a'), text('/stuck4/a')]
    await expect(third).rejects.toMatchObject(UNANSWERED)
    await expect(behind).rejects.toMatchObject(TOO_MANY)
    await expect(text('/fine/a')).rejects.toMatchObject(TOO_MANY)
    expect(begun.filter((path) => path.startsWith('/stuck'))).toEqual(['/stuck1/a', '/stuck2/a', '/stuck3/a'])
  })

  it('passes on what a read throws, and reads on', async () => {
    const failing = readsByFolder<string>((path) =>
      path === '/a/bad' ? Promise.reject(new Error('no')) : Promise.resolve('text'),
    )
    await expect(failing('/a/bad')).rejects.toThrow('no')
    expect(await failing('/a/good')).toBe('text')
  })
})

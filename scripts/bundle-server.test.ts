import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleServer } from './bundle-server.ts'

const ROOT = join(import.meta.dirname, '..')
const run = promisify(execFile)
let folder = ''

beforeAll(async () => {
  // Inside the project, where its packages are found.
  await mkdir(join(ROOT, '.cache'), { recursive: true })
  folder = await mkdtemp(join(ROOT, '.cache', 'bundle-'))
  await bundleServer(folder)
})
afterAll(() => rm(folder, { recursive: true }))

/** Loads a file in a thread of a new process; what it and Node's own parts are that the thread came to have. */
async function loadedBy(file: string): Promise<string[]> {
  const inThread = `
    const { parentPort } = require('node:worker_threads')
    import(${JSON.stringify(file)}).then(() => parentPort.postMessage(process.moduleLoadList))`
  const code = `
    const { Worker } = require('node:worker_threads')
    const setup = { path: ${JSON.stringify(join(folder, 'any.db'))}, migrationsDir: '' }
    const worker = new Worker(${JSON.stringify(inThread)}, { eval: true, workerData: setup })
    worker.once('message', (list) => { console.log(JSON.stringify(list)); process.exit() })`
  const env = { ...process.env, NODE_COMPILE_CACHE: undefined }
  const { stdout } = await run(process.execPath, ['-e', code], { cwd: ROOT, env })
  return JSON.parse(stdout) as string[]
}

const hasCompiler = (loaded: readonly string[]) => loaded.some((name) => name.includes('amaro'))

describe('the bundle of the server', () => {
  it.each(['prepare', 'reader', 'writer'])('has a %s thread that needs no compiler', async (name) => {
    expect(hasCompiler(await loadedBy(join(folder, `${name}-worker.js`)))).toBe(false)
  })

  it('is what spares the compiler', async () => {
    expect(hasCompiler(await loadedBy(join(ROOT, 'lib/adapters/prisma/writer-worker.ts')))).toBe(true)
  })

  it('has the console, and nothing that is still TypeScript', async () => {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.js'))
    expect(files).toContain('start.js')
    const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
    for (const text of texts) expect(text).not.toMatch(/\b(?:from|import\()\s*["'`][^"'`]*\.tsx?["'`]/)
  })

  it('is text of one byte a letter, which means the same', async () => {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.js'))
    const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'latin1')))
    for (const text of texts) expect(text).toMatch(/^[\0-\x7f]*$/)
    expect(texts.join('')).toMatch(/[\w ]\\u2019s /)
  })

  it('keeps no statement for a report of Prisma’s', async () => {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.js'))
    const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
    const histories = texts.join('').match(/MAX_ARGS_HISTORY = \d+/g) ?? []
    expect(histories.length).toBeGreaterThan(0)
    expect(new Set(histories)).toEqual(new Set(['MAX_ARGS_HISTORY = 0']))
  })

  it('has every route of the API', async () => {
    const file = (await readdir(folder)).find((name) => name.startsWith('api-listener-'))
    const text = await readFile(join(folder, file ?? ''), 'utf8')
    expect(text).toMatch(/"monitor\/stream": /)
    expect(text).toMatch(/"providers\/\[id\]": /)
  })
})

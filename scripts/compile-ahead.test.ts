import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const run = promisify(execFile)
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ahead-'))
  await run(process.execPath, [join(ROOT, 'scripts', 'compile-ahead.ts')], {
    cwd: ROOT,
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'filled') },
  })
})
afterAll(() => rm(folder, { recursive: true }))

/** Loads a file in a thread of a new process, and says whether that thread needed the TypeScript compiler. */
async function needsCompiler(file: string, cache: string): Promise<boolean> {
  const inThread = `
    const { parentPort } = require('node:worker_threads')
    import(${JSON.stringify(join(ROOT, file))}).then(() => {
      parentPort.postMessage(process.moduleLoadList.some((name) => name.includes('amaro')))
    })`
  const code = `
    const { Worker } = require('node:worker_threads')
    const setup = { path: ${JSON.stringify(join(folder, 'any.db'))}, migrationsDir: '' }
    const worker = new Worker(${JSON.stringify(inThread)}, { eval: true, workerData: setup })
    worker.once('message', (needed) => { console.log(needed); process.exit() })`
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, cache) }
  const { stdout } = await run(process.execPath, ['-e', code], { cwd: ROOT, env })
  return JSON.parse(stdout) as boolean
}

describe('compile-ahead', () => {
  it.each([
    'lib/adapters/prisma/prepare-worker.ts',
    'lib/adapters/prisma/reader-worker.ts',
    'lib/adapters/prisma/writer-worker.ts',
    'lib/server/main.ts',
  ])('leaves nothing of %s to compile', async (file) => {
    expect(await needsCompiler(file, 'filled')).toBe(false)
  })

  it('is what spares the compiler', async () => {
    expect(await needsCompiler('lib/adapters/prisma/writer-worker.ts', 'empty')).toBe(true)
  })
})

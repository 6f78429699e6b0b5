import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { START_FILE } from '#scripts/server-files.ts'

const ROOT = join(import.meta.dirname, '..')
/** Tells, at the end of the process, whether it came to have Node's TypeScript compiler. */
const TELL = `data:text/javascript,process.on('exit',()=>{
  console.log('compiler: '+process.moduleLoadList.some((name)=>name.includes('amaro')))})`

// Killed: the configuration that the build wrote down not taken.
test('the console never loads a compiler, which would stay in its memory', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-e2e-'))
  const started = spawn(process.execPath, ['--import', TELL.replaceAll('\n', ''), join(ROOT, START_FILE)], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: undefined,
      NODE_OPTIONS: undefined,
      PORT: '0',
      SWITCHYARD_GATEWAY_PORT: '0',
      SWITCHYARD_DATABASE_URL: `file:${join(folder, 'some.db')}`,
      SWITCHYARD_DATA_DIR: folder,
      SWITCHYARD_AUTH: 'off',
      SWITCHYARD_LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    let log = ''
    started.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()))
    await expect.poll(() => log, { timeout: 60_000 }).toContain('is ready on')
    const url = /ready on (http:\/\/[^"]*?:\d+)/.exec(log)?.[1] ?? ''
    for (const path of ['/', '/settings', '/api/monitor']) expect((await fetch(url + path)).status).toBe(200)
    const ended = once(started, 'close')
    started.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
    expect(log).toContain('compiler: false')
  } finally {
    started.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
})

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { START_FILE } from './server-files.ts'

type Bootstrap = {
  installNeeded: (root: string) => string | null
  installFailure: (output: string) => string
}

const SCRIPTS = import.meta.dirname
const { installNeeded, installFailure } = (await import(
  pathToFileURL(join(SCRIPTS, 'bootstrap.mjs')).href
)) as Bootstrap

const LOCK = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/node': { version: '24.0.0' },
    'node_modules/zod': { version: '4.6.0' },
    'node_modules/only-elsewhere': { version: '1.0.0', optional: true },
  },
}

/** A project that needs no registry: its lock file, its packages, and this machine's Node as the pinned one. */
let root = ''
const children: ChildProcess[] = []
const write = (path: string, content: unknown) =>
  writeFile(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))

/** What `start` runs, and, before it, what prepares that. */
async function writeStart(content: string, preparation = '') {
  await write('scripts/prepare.ts', preparation)
  await write(START_FILE, content)
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'bootstrap-'))
  for (const folder of ['scripts', 'bin', '.cache/server', 'node_modules/.bin', 'node_modules/node/bin']) {
    await mkdir(join(root, folder), { recursive: true })
  }
  for (const name of ['bootstrap.mjs', 'follow-parent.mjs'])
    await copyFile(join(SCRIPTS, name), join(root, 'scripts', name))
  await symlink(process.execPath, join(root, 'node_modules/node/bin/node'))
  await symlink(process.execPath, join(root, 'node_modules/.bin/node'))
  await write('package.json', { type: 'module' })
  await write('package-lock.json', LOCK)
  const { 'node_modules/node': node, 'node_modules/zod': zod } = LOCK.packages
  await write('node_modules/.package-lock.json', {
    packages: { 'node_modules/node': node, 'node_modules/zod': zod },
  })
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(root, { recursive: true })
})

describe('installNeeded', () => {
  it('needs nothing when what is installed is what is locked, save what is optional', () => {
    expect(installNeeded(root)).toBeNull()
  })

  it.each<[why: string, spoil: () => Promise<unknown>, reason: RegExp]>([
    [
      'nothing is installed',
      () => rm(join(root, 'node_modules'), { recursive: true }),
      /nothing is installed/,
    ],
    [
      'an installation was cut short',
      () => unlink(join(root, 'node_modules/.package-lock.json')),
      /nothing is installed/,
    ],
    [
      'a locked version changed',
      () => write('package-lock.json', JSON.stringify(LOCK).replace('4.6.0', '4.6.1')),
      /zod changed/,
    ],
    [
      'a package was added',
      () =>
        write('package-lock.json', {
          packages: { ...LOCK.packages, 'node_modules/new': { version: '1.0.0' } },
        }),
      /new changed/,
    ],
    ['the pinned Node did not arrive', () => unlink(join(root, 'node_modules/node/bin/node')), /pinned Node/],
  ])('is needed when %s', async (_why, spoil, reason) => {
    await spoil()
    expect(installNeeded(root)).toMatch(reason)
  })
})

describe('installFailure', () => {
  it('names the network when npm met none', () => {
    expect(installFailure('npm error code ENOTFOUND\nnpm error network request failed')).toMatch(
      /registry could not be reached/,
    )
  })

  it('leaves other trouble to npm’s own words', () => {
    expect(installFailure('npm error code EUSAGE')).toMatch(/own words are above/)
  })
})

function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(root, 'scripts', 'bootstrap.mjs'), ...args], {
    // What these tests themselves run with is nobody's setting.
    env: { ...process.env, npm_lifecycle_event: '', NODE_COMPILE_CACHE: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output.text += chunk.toString()
    })
  }
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    output,
    line: async () => String((await lines.next()).value),
    /** The exit code, when all output has arrived. */
    ended: once(child, 'close').then(([code]) => code as number | null),
  }
}

/** A script that says who it is, then stays until it is told to stop. */
const STAYING = `
  process.on('SIGTERM', () => end('SIGTERM')); process.on('SIGINT', () => end('SIGINT'))
  const fs = await import('node:fs')
  let signals = 0
  function end(signal) {
    signals += 1
    fs.writeFileSync('signals', signal + ' ' + signals)
    if (!process.argv.includes('--stubborn')) setTimeout(() => process.exit(7), 50)
  }
  setInterval(() => {}, 1000)
  console.log(process.pid)
`
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
const gone = async (pid: number) => {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('bootstrap', () => {
  it('runs the script on the pinned Node with its tools first in PATH, and hands over arguments and exit code', async () => {
    await write(
      'scripts/bench.ts',
      'console.log(process.argv.slice(2).join(), process.env.PATH.split(":")[0]); process.exit(3)',
    )
    const { ended, output } = start(['bench', '--json', 'file'])
    expect(await ended).toBe(3)
    expect(output.text.trim()).toBe(`--json,file ${join(root, 'node_modules', '.bin')}`)
  })

  it.each([
    ['start', '--max-semi-space-size=8,--heap-growing-percent=40', '4', ''],
    ['demo', '--max-semi-space-size=8,--heap-growing-percent=40', '4', join('.cache', 'node')],
    ['dev', '', '4', ''],
    ['test', '', '4', join('.cache', 'node')],
  ])('runs %s with the flags %j, and what the user set stays', async (command, flags, arenas, cache) => {
    await writeStart('')
    await write(
      command === 'start' ? START_FILE : `scripts/${command}.ts`,
      `const own = process.execArgv.slice(0, process.execArgv.indexOf('--import'))
       const { MALLOC_ARENA_MAX, NODE_COMPILE_CACHE } = process.env
       console.log(JSON.stringify([own.join(), MALLOC_ARENA_MAX, NODE_COMPILE_CACHE ?? '']))`,
    )
    const { line, ended } = start([command], { MALLOC_ARENA_MAX: arenas })
    expect(JSON.parse(await line())).toEqual([flags, arenas, cache === '' ? '' : join(root, cache)])
    expect(await ended).toBe(0)
  })

  it('does not start what could not be prepared', async () => {
    await writeStart('console.log("started")', 'console.error("no room"); process.exit(1)')
    const { ended, output } = start(['start'])
    expect(await ended).toBe(1)
    expect(output.text).toBe('no room\n')
  })

  it('does not start when it was told to stop while it prepared', async () => {
    await writeStart('console.log("started")', STAYING.replace('process.exit(7)', 'process.exit(0)'))
    const { child, line, ended, output } = start(['start'])
    await line()
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(output.text).not.toContain('started')
  })

  it('refuses an unknown command and names those there are', async () => {
    const { ended, output } = start(['lunch'])
    expect(await ended).toBe(2)
    expect(output.text).toContain(
      'demo|start|dev|test|bench|backup|restore|rotate-key|audit-verify|user|interop',
    )
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('passes %s on and exits as the script does', async (signal) => {
    await writeStart(STAYING)
    const { child, line, ended } = start(['start'])
    await line()
    child.kill(signal)
    expect(await ended).toBe(7)
    expect(await readFile(join(root, 'signals'), 'utf8')).toBe(`${signal} 1`)
  })

  it('takes one Ctrl-C that arrives twice for one', async () => {
    await writeStart(STAYING)
    const { child, line, ended } = start(['start'])
    await line()
    child.kill('SIGINT')
    child.kill('SIGTERM')
    expect(await ended).toBe(7)
    expect(await readFile(join(root, 'signals'), 'utf8')).toMatch(/ 1$/)
  })

  it('ends everything at once on a second signal', async () => {
    await writeStart(STAYING)
    const { child, line, ended } = start(['start', '--stubborn'])
    const pid = Number(await line())
    child.kill('SIGINT')
    const again = setInterval(() => child.kill('SIGINT'), 100)
    expect(await ended).toBe(130)
    clearInterval(again)
    await gone(pid)
  })

  it('takes the script along when it is killed itself', async () => {
    await writeStart(STAYING)
    const { child, line } = start(['start'])
    const pid = Number(await line())
    child.kill('SIGKILL')
    await gone(pid)
    expect(await readFile(join(root, 'signals'), 'utf8')).toBe('SIGTERM 1')
  })

  it('lets a script end that has nothing left to do', async () => {
    await write('scripts/test.ts', 'console.log("done")')
    expect(await start(['test']).ended).toBe(0)
  })

  it('says in words that the registry could not be reached', async () => {
    await unlink(join(root, 'node_modules/.package-lock.json'))
    await writeFile(join(root, 'bin', 'npm'), '#!/bin/sh\necho "npm error code EAI_AGAIN" >&2\nexit 1\n', {
      mode: 0o755,
    })
    const { ended, output } = start(['start'], { PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}` })
    expect(await ended).toBe(1)
    expect(output.text).toMatch(/EAI_AGAIN[\s\S]*registry could not be reached/)
  })
})

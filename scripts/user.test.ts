import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { lockDatabase } from '#lib/adapters/prisma/database-lock.ts'

const ROOT = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'switchyard-user-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the command as npm does, on a folder of its own. */
async function user(args: string[], { input = '', env = {} } = {}) {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/user.ts'), ...args], {
    cwd: ROOT,
    env: { ...process.env, SWITCHYARD_DATA_DIR: folder, SWITCHYARD_AUTH: 'on', PORT: '1', ...env },
  })
  child.stdin.end(input)
  const [out, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ])
  return { out, errors, code }
}

/** A console of another installation, which has the same secret key where `key` says so, and its port. */
async function otherConsole(key: string | null): Promise<{ port: string; end: () => Promise<void> }> {
  const own = mkdtempSync(join(tmpdir(), 'switchyard-other-'))
  const script = `
    const { openConsole } = await import('#scripts/open-console.ts')
    const { readEnv } = await import('#lib/server/env.ts')
    console.log((await openConsole(readEnv(process.env, process.cwd()))).url)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: ROOT,
    env: {
      ...process.env,
      SWITCHYARD_DATA_DIR: own,
      PORT: '1',
      ...(key === null ? {} : { SWITCHYARD_SECRET_KEY: key }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = (await once(child.stdout, 'data')) as [Buffer]
  const end = async () => {
    child.kill('SIGKILL')
    await once(child, 'close')
    rmSync(own, { recursive: true })
  }
  return { port: new URL(String(url)).port, end }
}

const ADA = ['--email', 'ada@example.org', '--name', 'Ada', '--role', 'administrator']

// Each of its runs starts a console, which takes seconds on a slow machine.
describe('npm run user', () => {
  it('makes an administrator where nothing runs yet, and tells a password once', async () => {
    const made = await user(['create', ...ADA])
    expect(made).toMatchObject({ code: 0, errors: '' })
    expect(made.out).toMatch(
      /^Added: Ada <ada@example\.org>, administrator\nThe password, told only now: \S{16}\n$/,
    )
    const listed = await user(['list'])
    expect(listed.out).toBe('Ada <ada@example.org>, administrator\n')
  })

  it('takes a password from standard input, and tells it to nobody', async () => {
    const given = await user(['reset-password', 'ADA@example.org', '--password-stdin'], {
      input: 'correct horse battery\n',
    })
    expect(given).toMatchObject({ code: 0 })
    expect(given.out).not.toContain('horse')
    const short = await user(['reset-password', 'ada@example.org', '--password-stdin'], { input: 'short' })
    expect(short.code).toBe(2)
    expect(short.errors).toMatch(/password: at least 12 characters/)
  })

  it('says what is wrong, and changes nothing', async () => {
    expect((await user([])).errors).toContain('Usage: npm run user')
    expect((await user(['disable', 'nobody'])).errors).toContain('There is no user "nobody"')
    expect((await user(['set-role', 'ada@example.org', '--role', 'viewer'])).errors).toContain(
      'the last administrator',
    )
    expect((await user(['create', '--email', 'x'])).code).toBe(2)
    expect((await user(['list'], { env: { SWITCHYARD_AUTH: 'off' } })).errors).toContain('there are no users')
    expect((await user(['list'])).out).toBe('Ada <ada@example.org>, administrator\n')
  })

  it('does not take a console on another folder for this one, whatever key that has', async () => {
    const key = readFileSync(join(folder, 'secret.key'), 'utf8').trim()
    const other = await otherConsole(key)
    const listed = await user(['list'], { env: { PORT: other.port } })
    await other.end()
    expect(listed).toMatchObject({ out: 'Ada <ada@example.org>, administrator\n', errors: '', code: 0 })
  })

  it('says which variables it needs where the console that runs is not found by them', async () => {
    const held = lockDatabase(join(folder, 'switchyard.db'))
    const lost = await user(['reset-password', 'ada@example.org'])
    const other = await otherConsole(null)
    const astray = await user(['reset-password', 'ada@example.org'], { env: { PORT: other.port } })
    await other.end()
    held.release()
    expect(lost).toMatchObject({ out: '', code: 1 })
    expect(lost.errors).toMatch(/is in use, but no Switchyard answers at http:\/\/127\.0\.0\.1:1\..* PORT/)
    expect(astray).toMatchObject({ out: '', code: 2 })
    expect(astray.errors).toMatch(/is of another installation.* PORT/)
  })
})

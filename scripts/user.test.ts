import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'

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

const ADA = ['--email', 'ada@example.org', '--name', 'Ada', '--role', 'administrator']

// Each of its runs starts a console, which takes seconds on a slow machine.
describe('npm run user', { timeout: 120_000 }, () => {
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
})

import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isAppError } from '#lib/domain/errors.ts'
import { createSecrets } from './create-secrets.ts'
import { loadSecretKey } from './load-secret-key.ts'
import { resolveReference } from './resolve-reference.ts'

const key = Buffer.alloc(32, 7)
const other = Buffer.alloc(32, 8)

let dataDir = ''
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'switchyard-'))))
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

/** The file `name` in the data folder, with this text and mode. */
function file(name: string, text: string, mode = 0o600): string {
  const path = join(dataDir, name)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

const load = (over: Partial<Parameters<typeof loadSecretKey>[0]> = {}) =>
  loadSecretKey({ secretKey: null, secretKeyFile: null, dataDir, ...over })

function refusalOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (isAppError(error)) return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

describe('createSecrets', () => {
  // Mutants killed: nonce constant; tag not checked; header not authenticated; key id not compared.
  it('opens what it sealed, and nothing that was changed or sealed with another key', () => {
    const secrets = createSecrets(key)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (plain, where) => {
        const sealed = secrets.seal(plain)
        expect(secrets.open(sealed)).toBe(plain)
        expect(secrets.seal(plain)).not.toBe(sealed)
        if (plain.length > 4) expect(sealed).not.toContain(plain)
        expect(() => createSecrets(other).open(sealed)).toThrow('another secret key')
        const bytes = Buffer.from(sealed)
        const at = where % bytes.length
        const [version, id, nonce, data] = sealed.split('.') as [string, string, string, string]
        const flip = (text: string) => {
          const raw = Buffer.from(text, 'base64url')
          raw[at % raw.length]! ^= 1
          return raw.toString('base64url')
        }
        expect(() => secrets.open(`${version}.${id}.${nonce}.${flip(data)}`)).toThrow()
        expect(() => secrets.open(`${version}.${id}.${flip(nonce)}.${data}`)).toThrow()
        expect(() => secrets.open(`v2.${id}.${nonce}.${data}`)).toThrow('known version')
      }),
    )
  })

  it.each(['', 'v1', 'v1.x.y', 'v1.x.y.z.a', 'plain text', 'v1....'])('refuses %j', (text) => {
    expect(() => createSecrets(key).open(text)).toThrow()
  })

  it('refuses a shortened tag', () => {
    const [version, id, nonce] = createSecrets(key).seal('x').split('.') as [string, string, string]
    expect(() => createSecrets(key).open(`${version}.${id}.${nonce}.AAAA`)).toThrow()
  })
})

describe('loadSecretKey', () => {
  it('takes 64 hex digits or base64 from the environment', () => {
    expect(load({ secretKey: key.toString('hex') })).toEqual(key)
    expect(load({ secretKey: ` ${key.toString('base64')}\n` })).toEqual(key)
    expect(load({ secretKey: key.toString('base64url') })).toEqual(key)
    expect(existsSync(join(dataDir, 'secret.key'))).toBe(false)
  })

  it.each(['', 'too short', 'a'.repeat(63), 'g'.repeat(64), 'a'.repeat(65)])(
    'refuses %j, without repeating it',
    (text) => {
      const message = refusalOf(() => load({ secretKey: text }))
      expect(message).toBe('SWITCHYARD_SECRET_KEY is no key: write 32 bytes as 64 hex digits or as base64.')
    },
  )

  it('refuses two sources', () => {
    expect(refusalOf(() => load({ secretKey: 'x', secretKeyFile: 'y' }))).toContain('not both')
  })

  it('makes a key of its own on the first start, for its owner alone, and finds it again', () => {
    const folder = join(dataDir, 'deep', 'data')
    const made = load({ dataDir: folder })
    expect(made).toHaveLength(32)
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600)
    expect(load({ dataDir: folder })).toEqual(made)
    expect(load({ dataDir: join(dataDir, 'another') })).not.toEqual(made)
  })

  it('reads the file that is named, and never makes it', () => {
    const path = file('named.key', `${key.toString('hex')}\n`)
    expect(load({ secretKeyFile: path })).toEqual(key)
    const missing = join(dataDir, 'missing.key')
    expect(refusalOf(() => load({ secretKeyFile: missing }))).toBe(
      `The secret key file ${missing} cannot be read: it does not exist.`,
    )
    expect(existsSync(missing)).toBe(false)
  })

  it.each([0o644, 0o604, 0o602, 0o666])('refuses a file of mode %o', (mode) => {
    const path = file('named.key', key.toString('hex'), mode)
    const message = refusalOf(() => load({ secretKeyFile: path }))
    expect(message).toBe(
      `The secret key file ${path} is open to other users (mode ${mode.toString(8)}). Run: chmod 600 ${path}`,
    )
  })

  it.each([0o400, 0o600, 0o440])('takes a file of mode %o', (mode) => {
    expect(load({ secretKeyFile: file('named.key', key.toString('hex'), mode) })).toEqual(key)
  })

  it('refuses its own file too when it is open to others, damaged, a folder, or leads nowhere', () => {
    const own = file('secret.key', key.toString('hex'), 0o644)
    expect(refusalOf(load)).toContain('open to other users')
    chmodSync(own, 0o600)
    writeFileSync(own, '')
    expect(refusalOf(load)).toContain('is no key')
    rmSync(own)
    mkdirSync(own, { mode: 0o700 })
    expect(refusalOf(load)).toContain('it is a folder')
    rmSync(own, { recursive: true })
    symlinkSync(join(dataDir, 'nowhere'), own)
    expect(refusalOf(load)).toContain('it does not exist')
    expect(existsSync(join(dataDir, 'nowhere'))).toBe(false)
  })

  it('says so when the folder cannot be made', () => {
    const inTheWay = file('a-file', 'x')
    expect(refusalOf(() => load({ dataDir: join(inTheWay, 'data') }))).toContain('cannot be made')
    expect(readFileSync(inTheWay, 'utf8')).toBe('x')
  })
})

describe('resolveReference', () => {
  const env = { ACME_KEY: 'test-key\n', BLANK: ' ' }

  it('follows a variable, at the time of asking', async () => {
    const changing: Record<string, string> = {}
    expect(await resolveReference('env:LATER', changing)).toBeNull()
    changing.LATER = 'now'
    expect(await resolveReference('env:LATER', changing)).toBe('now')
    expect(await resolveReference('env:ACME_KEY', env)).toBe('test-key')
  })

  it('follows a file, at the time of asking', async () => {
    const path = file('acme', 'first\n')
    expect(await resolveReference(`file:${path}`, env)).toBe('first')
    writeFileSync(path, 'second')
    expect(await resolveReference(`file:${path}`, env)).toBe('second')
  })

  it.each(['env:UNSET', 'env:BLANK', 'env:', 'file:/nowhere/key', 'file:/', 'ACME_KEY', 'vault:x', ''])(
    'finds nothing behind %j',
    async (reference) => {
      expect(await resolveReference(reference, env)).toBeNull()
    },
  )

  it('waits for no pipe, and reads no device without end', async () => {
    const pipe = join(dataDir, 'pipe')
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe])
    try {
      const found = ['file:/dev/zero', `file:${pipe}`].map((reference) => resolveReference(reference, env))
      expect(await Promise.all(found)).toEqual([null, null])
    } finally {
      // Whoever waits for a writer after all is let go, so that a failure ends, too.
      closeSync(openSync(pipe, constants.O_RDWR))
    }
  })

  it('takes no file that is far too long for a key', async () => {
    expect(await resolveReference(`file:${file('long', 'x'.repeat(4_097))}`, env)).toBeNull()
  })
})

import { createOTP } from '@better-auth/utils/otp'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { isAppError } from '#lib/domain/errors.ts'
import { sealedHeader } from '#lib/domain/secret-header.ts'
import type { Browser } from '#lib/services/access/sign-in.ts'
import { lockDatabase } from '../prisma/database-lock.ts'
import { testDatabases } from '../prisma/test-database.ts'
import { otherProcess } from '../prisma/test-process.ts'
import { createSecrets } from '../secrets/create-secrets.ts'
import { createSecondFactorSecrets } from '../secrets/second-factor-secrets.ts'
import { deriveSecret, SIGN_IN } from '../secrets/derive-secret.ts'
import { createSignIn } from '../sign-in/create-sign-in.ts'
import { alerting, channel } from '../storage/test-alerting-records.ts'
import { entry, provider } from '../storage/test-records.ts'
import { finishRotation } from './finish-rotation.ts'
import { rotateKey, type RotationStep } from './rotate-key.ts'

const OLD = Buffer.alloc(32, 7)
const NEW = Buffer.alloc(32, 8)
const PASSWORD = 'correct horse battery'
const FROM: Browser = { cookie: null, address: '192.0.2.7', userAgent: null }
const migrationsDir = join(process.cwd(), 'prisma/migrations')

const databases = testDatabases()
const processes: { kill: () => Promise<void> }[] = []
afterEach(async () => {
  for (const process of processes.splice(0)) await process.kill()
  await databases.closeAll()
})
afterAll(() => databases.remove())

type Place = { dataDir: string; databasePath: string; key: string }

const keyText = (key: Buffer) => `${key.toString('hex')}\n`
const keyAt = (path: string) => Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')

let made = 0
/** A data folder of its own, with the old key. */
function folder(): Place {
  made += 1
  const dataDir = join(databases.folder, `data-${made}`)
  mkdirSync(dataDir)
  const key = join(dataDir, 'secret.key')
  writeFileSync(key, keyText(OLD), { mode: 0o600 })
  return { dataDir, databasePath: join(dataDir, 'switchyard.db'), key }
}

let base: ReturnType<typeof furnish> | null = null
/** The same with a copy of one furnished database. */
async function place(): Promise<Place & { factor: Factor }> {
  const { path, factor } = await (base ??= furnish())
  const at = folder()
  copyFileSync(path, at.databasePath)
  return { ...at, factor }
}

/** The same as it is at this moment, elsewhere. */
function copyOf({ dataDir }: Place): Place {
  const copy = folder()
  cpSync(dataDir, copy.dataDir, { recursive: true })
  return copy
}

const signInBy = (store: Parameters<typeof createSignIn>[0]['store'], key: Buffer) =>
  createSignIn({ store, secret: deriveSecret(key, SIGN_IN), url: new URL('http://localhost:3000/') })

const cookieOf = (cookies: readonly string[]) => cookies.map((line) => line.split(';')[0]).join('; ')

/** A database of two providers with secrets, one without, and somebody with a second factor who is signed in. */
async function furnish() {
  const path = await databases.fresh()
  const { seal } = createSecrets(OLD)
  const { journal, accounts } = await databases.open(path)
  await journal.commit(
    entry({
      providersSaved: [
        provider('acme', {
          key: { type: 'sealed', sealed: seal('key of acme'), last4: 'acme' },
          headers: { 'x-team': 'blue', 'x-api-key': sealedHeader(seal('header of acme')), z: 'sealed' },
        }),
        provider('beta', {
          key: { type: 'none' },
          headers: { cookie: sealedHeader(seal('cookie of beta')) },
        }),
        provider('gamma', { key: { type: 'reference', reference: 'env:GAMMA' } }),
      ],
      alerting: alerting({
        channelsSaved: [
          channel('ops', {
            secrets: {
              url: { type: 'sealed', sealed: seal('address of ops'), last4: 'ops!' },
              authorization: { type: 'reference', reference: 'env:OPS' },
              signingSecret: { type: 'sealed', sealed: seal('signature of ops'), last4: 'ops?' },
            },
          }),
          channel('open', { secrets: {} }),
        ],
      }),
    }),
  )
  const signIn = await signInBy(accounts, OLD)
  const ada = { name: 'Ada', email: 'ada@example.org', username: null, role: 'operator' } as const
  await signIn.accounts.create({ ...ada, password: PASSWORD })
  const entered = await signIn.withPassword({ login: ada.email, password: PASSWORD }, FROM)
  if ('refused' in entered) throw new Error(entered.refused)
  const browser = { ...FROM, cookie: cookieOf(entered.cookies) }
  const begun = await signIn.beginSecondFactor(PASSWORD, browser)
  if ('refused' in begun) throw new Error(begun.refused)
  const secret = new TextDecoder().decode(Buffer.from(base32(new URL(begun.uri).searchParams.get('secret')!)))
  const otp = createOTP(secret, { digits: 6, period: 30 })
  const confirmed = await signIn.confirmSecondFactor(await otp.totp(), browser)
  if ('refused' in confirmed) throw new Error(confirmed.refused)
  await databases.closeAll()
  // A code lets in once, and that of this step is used. The app's next one is good already.
  const code = () => otp.hotp(Math.floor(Date.now() / 30_000) + 1)
  const factor = { secret, code, recoveryCodes: begun.recoveryCodes, cookie: cookieOf(confirmed.cookies) }
  return { path, factor }
}
type Factor = Awaited<ReturnType<typeof furnish>>['factor']

function base32(text: string): number[] {
  const bits = Array.from(text.replace(/=+$/, ''))
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
}

/** Everything that the key opens, in the order in which it was sealed; null for what it does not open. */
async function openedBy({ databasePath }: Place, key: Buffer): Promise<(string | null)[]> {
  const database = new DatabaseSync(databasePath, { readOnly: true })
  const rows = database.prepare('SELECT "key", headers FROM providers ORDER BY id').all()
  const channels = database.prepare('SELECT secrets FROM channels ORDER BY id').all()
  const kept = [...rows.map((row) => [row.key, row.headers]), ...channels.map((row) => row.secrets)]
  const ours = JSON.stringify(kept).match(/v1\.[\w-]+\.[\w-]+\.[\w-]+/g)
  const factors = database.prepare('SELECT secret, backup_codes FROM two_factors').all()
  database.close()
  const orNull = async (open: () => string | Promise<string>) => {
    try {
      return await open()
    } catch {
      return null
    }
  }
  const [own, second] = [createSecrets(key), createSecondFactorSecrets(key)]
  return Promise.all([
    ...(ours ?? []).map((text) => orNull(() => own.open(text))),
    ...factors
      .flatMap((row) => [String(row.secret), String(row.backup_codes)])
      .map((text) => orNull(() => second.open(text))),
  ])
}

const allOf = ({ factor }: { factor: Factor }) => [
  'key of acme',
  'header of acme',
  'cookie of beta',
  'address of ops',
  'signature of ops',
  factor.secret,
  JSON.stringify(factor.recoveryCodes),
]
const NONE = Array.from({ length: 7 }, () => null)

/** Whether a code, a recovery code and a session of before let Ada in when Switchyard runs with this key. */
async function letsIn({ databasePath }: Place, factor: Factor, key: Buffer): Promise<boolean[]> {
  const { accounts } = await databases.open(databasePath)
  const signIn = await signInBy(accounts, key)
  const byCode = async (code: string, isRecoveryCode: boolean) => {
    const entered = await signIn.withPassword({ login: 'ada@example.org', password: PASSWORD }, FROM)
    if ('refused' in entered) throw new Error(entered.refused)
    const browser = { ...FROM, cookie: cookieOf(entered.cookies) }
    return !(
      'refused' in (await signIn.withSecondFactor({ code, isRecoveryCode, trustDevice: false }, browser))
    )
  }
  const answers = [
    await byCode(await factor.code(), false),
    await byCode(factor.recoveryCodes[0]!, true),
    (await signIn.recognise({ ...FROM, cookie: factor.cookie })) !== null,
  ]
  await databases.closeAll()
  return answers
}

const rotate = ({ dataDir, databasePath }: Place, over: Partial<Parameters<typeof rotateKey>[0]> = {}) =>
  rotateKey({
    secretKey: null,
    secretKeyFile: null,
    newKeyFile: null,
    onStep: () => undefined,
    dataDir,
    databasePath,
    migrationsDir,
    ...over,
  })

const finish = ({ dataDir, databasePath }: Place) =>
  finishRotation({ secretKey: null, secretKeyFile: null, dataDir, databasePath, migrationsDir })

async function refusalOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run()
  } catch (error) {
    if (isAppError(error)) return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

/** All that a rotation could change, to see that it did not. */
const rowsOf = ({ databasePath }: Place) => {
  const database = new DatabaseSync(databasePath, { readOnly: true })
  const rows = ['providers', 'channels', 'two_factors', 'sessions'].map((table) =>
    database.prepare(`SELECT * FROM ${table} ORDER BY id`).all(),
  )
  database.close()
  return JSON.stringify(rows)
}

describe('a rotation of the secret key', () => {
  it('seals all there is with a new key, keeps the old one beside it, and ends all sign-ins', async () => {
    const at = await place()
    const before = copyOf(at)
    expect((await rotate(at)).did).toEqual({ own: 5, 'second-factor': 2 })
    const key = keyAt(at.key)
    expect(key.equals(OLD)).toBe(false)
    expect(statSync(at.key).mode & 0o777).toBe(0o600)
    expect(keyAt(`${at.key}.old`)).toEqual(OLD)
    expect(existsSync(`${at.key}.new`)).toBe(false)
    expect(await openedBy(at, key)).toEqual(allOf(at))
    expect(await openedBy(at, OLD)).toEqual(NONE)
    expect(await letsIn(before, at.factor, OLD)).toEqual([true, true, true])
    expect(await letsIn(at, at.factor, key)).toEqual([true, true, false])
  })

  it('leaves nothing of the old seals in the file, and changes nothing else of a provider', async () => {
    const at = await place()
    const shown = () => {
      const database = new DatabaseSync(at.databasePath, { readOnly: true })
      const rows = JSON.stringify(database.prepare('SELECT * FROM providers ORDER BY id').all())
      database.close()
      return rows
    }
    // A text that becomes shorter leaves room behind itself.
    const room = new DatabaseSync(at.databasePath)
    room.exec(`UPDATE providers SET headers = headers || '          '`)
    room.close()
    const seals = /v1\.[\w-]+\.[\w-]+\.([\w-]+)/g
    const before = shown()
    const data = [...before.matchAll(seals)].map(([, text]) => text ?? '')
    const left = () => data.filter((text) => readFileSync(at.databasePath).includes(text))
    expect(left()).toHaveLength(3)
    await rotate(at)
    expect(left()).toEqual([])
    const told = (rows: string) => rows.replace(seals, 'SEALED').replace(/ +"/g, '"')
    expect(told(shown())).toBe(told(before))
    const after = new DatabaseSync(at.databasePath, { readOnly: true })
    expect(after.prepare('SELECT count(*) AS left FROM sessions').get()).toEqual({ left: 0 })
    after.close()
  })

  it('takes the key of a file', async () => {
    const at = await place()
    const file = join(at.dataDir, 'next.key')
    writeFileSync(file, keyText(NEW), { mode: 0o600 })
    await rotate(at, { newKeyFile: file })
    expect(keyAt(at.key)).toEqual(NEW)
    expect(await openedBy(at, NEW)).toEqual(allOf(at))
  })

  it('leaves files alone where the key is in the environment', async () => {
    const at = await place()
    rmSync(at.key)
    const file = join(at.dataDir, 'next.key')
    writeFileSync(file, keyText(NEW), { mode: 0o600 })
    const secretKey = OLD.toString('hex')
    expect(await refusalOf(() => rotate(at, { secretKey }))).toContain('--new-key-file FILE')
    expect((await rotate(at, { secretKey, newKeyFile: file })).files).toBeNull()
    expect(await openedBy(at, NEW)).toEqual(allOf(at))
    for (const name of ['', '.new', '.old']) expect(existsSync(at.key + name)).toBe(false)
    // Begun again, as after a kill, it has nothing left to do.
    expect((await rotate(at, { secretKey, newKeyFile: file })).did).toEqual({ own: 0, 'second-factor': 0 })
    expect(await openedBy(at, NEW)).toEqual(allOf(at))
  })

  it('is refused, with nothing changed, when something opens with neither key, which it names', async () => {
    const at = await place()
    const lost = createSecrets(Buffer.alloc(32, 9)).seal('key of beta')
    const key = JSON.stringify({ type: 'sealed', sealed: lost, last4: 'beta' })
    const database = new DatabaseSync(at.databasePath)
    database.prepare(`UPDATE providers SET "key" = ? WHERE id = 'beta'`).run(key)
    database.exec(
      `INSERT INTO two_factors SELECT 'two', '00', backup_codes, 'bob', 1, 0, NULL FROM two_factors`,
    )
    database.close()
    const before = rowsOf(at)
    const message = await refusalOf(() => rotate(at))
    expect(message).toContain('opens with neither key: provider beta, second factor of user bob.')
    expect(message).not.toContain(lost)
    expect(rowsOf(at)).toBe(before)
    expect(keyAt(at.key)).toEqual(OLD)
    for (const name of ['.new', '.old']) expect(existsSync(at.key + name)).toBe(false)
  })

  it('is refused over a provider that cannot be read', async () => {
    const at = await place()
    const database = new DatabaseSync(at.databasePath)
    database.exec(`UPDATE providers SET headers = '{' WHERE id = 'beta'`)
    database.close()
    expect(await refusalOf(() => rotate(at))).toContain('opens with neither key: provider beta.')
  })

  it('is refused while a Switchyard runs, without a key, with the same key, and while an old key is unkept', async () => {
    const at = await place()
    const before = rowsOf(at)
    const lock = lockDatabase(at.databasePath)
    expect(await refusalOf(() => rotate(at))).toContain('in use by another Switchyard process')
    lock.release()
    writeFileSync(join(at.dataDir, 'same.key'), keyText(OLD), { mode: 0o600 })
    expect(await refusalOf(() => rotate(at, { newKeyFile: join(at.dataDir, 'same.key') }))).toContain(
      'in use already',
    )
    expect(await refusalOf(() => rotate(at, { newKeyFile: join(at.dataDir, 'none.key') }))).toContain(
      'does not exist',
    )
    writeFileSync(`${at.key}.old`, keyText(NEW), { mode: 0o600 })
    expect(await refusalOf(() => rotate(at))).toContain(`move ${at.key}.old`)
    rmSync(`${at.key}.old`)
    rmSync(at.key)
    expect(await refusalOf(() => rotate(at))).toContain('There is no secret key')
    expect(existsSync(at.key)).toBe(false)
    expect(rowsOf(at)).toBe(before)
    rmSync(at.databasePath)
    expect(await refusalOf(() => rotate(at))).toContain('There is no database')
  })
})

/** Rotates in another process, which is killed as `kill -9` does when it has come to `step`. */
async function killedAt({ dataDir, databasePath }: Place, step: RotationStep) {
  const rotation = {
    secretKey: null,
    secretKeyFile: null,
    newKeyFile: null,
    dataDir,
    databasePath,
    migrationsDir,
  }
  const other = otherProcess(`
    import { writeSync } from 'node:fs'
    import { rotateKey } from '#lib/adapters/key-rotation/rotate-key.ts'
    await rotateKey({ ...${JSON.stringify(rotation)}, onStep: (step) => {
      if (step !== ${JSON.stringify(step)}) return
      writeSync(1, step + '\\n')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    } })
  `)
  processes.push(other)
  expect(await other.line()).toBe(step)
  await other.kill()
}

describe('a rotation that is killed', { timeout: 30_000 }, () => {
  it('before the database is changed leaves the old key in force, and goes on when it is begun again', async () => {
    const at = await place()
    await killedAt(at, 'next_key_written')
    const left = keyAt(`${at.key}.new`)
    expect(await finish(at)).toBe(false)
    expect(keyAt(at.key)).toEqual(OLD)
    expect(await openedBy(at, OLD)).toEqual(allOf(at))
    expect((await rotate(at)).did).toEqual({ own: 5, 'second-factor': 2 })
    expect(keyAt(at.key)).toEqual(left)
    expect(await openedBy(at, left)).toEqual(allOf(at))
  })

  it('is not begun again to another key', async () => {
    const at = await place()
    await killedAt(at, 'next_key_written')
    const file = join(at.dataDir, 'other.key')
    writeFileSync(file, keyText(NEW), { mode: 0o600 })
    expect(await refusalOf(() => rotate(at, { newKeyFile: file }))).toContain('was interrupted')
  })

  it.each<RotationStep>(['database_resealed', 'old_key_kept'])(
    'after the database is changed is finished at the next start, and by the command: %s',
    async (step) => {
      const killed = await place()
      await killedAt(killed, step)
      for (const goOn of [finish, async (at: Place) => (await rotate(at)).did === 'finished']) {
        const at = copyOf(killed)
        const left = keyAt(`${at.key}.new`)
        expect(keyAt(at.key)).toEqual(OLD)
        expect(await goOn(at)).toBe(true)
        expect(keyAt(at.key)).toEqual(left)
        expect(keyAt(`${at.key}.old`)).toEqual(OLD)
        expect(existsSync(`${at.key}.new`)).toBe(false)
        expect(await openedBy(at, left)).toEqual(allOf(killed))
      }
    },
  )

  it('when all is in place has nothing left to do', async () => {
    const at = await place()
    await killedAt(at, 'next_key_in_place')
    expect(await finish(at)).toBe(false)
    expect(await openedBy(at, keyAt(at.key))).toEqual(allOf(at))
  })

  it('is not finished beside a database that knows nothing of it, nor under a Switchyard that runs', async () => {
    const at = await place()
    await killedAt(at, 'database_resealed')
    const elsewhere = await place()
    expect(await finish({ ...elsewhere, dataDir: at.dataDir })).toBe(false)
    expect(existsSync(`${at.key}.new`)).toBe(true)
    const lock = lockDatabase(at.databasePath)
    expect(await refusalOf(() => finish(at))).toContain('in use by another Switchyard process')
    lock.release()
    expect(await finish(at)).toBe(true)
  })
})

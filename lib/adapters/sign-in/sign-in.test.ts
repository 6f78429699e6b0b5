import { createOTP } from '@better-auth/utils/otp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, SignIn } from '#lib/services/access/sign-in.ts'
import { openStorage, type OpenStorage } from '../prisma/open-storage.ts'
import { bundledThread } from '../prisma/test-threads.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSignIn } from './create-sign-in.ts'

const folder = mkdtempSync(join(tmpdir(), 'switchyard-sign-in-'))
const PASSWORD = 'correct horse battery'
let storage: OpenStorage
let signIn: SignIn

beforeAll(async () => {
  storage = await openStorage({ url: join(folder, 'test.db'), codeFile: bundledThread })
  signIn = await createSignIn({
    store: storage.accounts,
    secret: 'ab'.repeat(32),
    url: new URL('http://localhost:3000/'),
  })
})
afterAll(async () => {
  await storage.journal.close(1_000)
  await storage.reader.close()
  rmSync(folder, { recursive: true })
})

/** A browser that keeps its cookies. */
function browser(address = '192.0.2.7') {
  const jar = new Map<string, string>()
  return {
    get sent(): Browser {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      return { cookie: cookie === '' ? null : cookie, address, userAgent: 'Test/1.0' }
    },
    keep<Answer extends object>(answer: Answer): Answer {
      for (const line of 'cookies' in answer ? (answer.cookies as string[]) : []) {
        const [pair = '', ...attributes] = line.split('; ')
        const [name = '', ...value] = pair.split('=')
        if (attributes.some((one) => /^max-age=0$/i.test(one))) jar.delete(name)
        else jar.set(name, value.join('='))
      }
      return answer
    },
    cookies: jar,
  }
}

let made = 0
async function person(over: { username?: string | null } = {}) {
  made += 1
  return signIn.accounts.create({
    name: `Ada ${made}`,
    email: `Ada${made}@Example.org`,
    username: over.username ?? null,
    role: 'operator',
    password: PASSWORD,
  })
}

async function signedIn() {
  const account = await person()
  const at = browser()
  at.keep(await signIn.withPassword({ login: account.email, password: PASSWORD }, at.sent))
  return { account, at }
}

describe('signing in', () => {
  it('by e-mail address or user name, whatever their capitals, opens a session', async () => {
    const account = await person({ username: 'ops.one' })
    for (const login of [account.email.toUpperCase(), 'Ops.One']) {
      const at = browser()
      const answer = at.keep(await signIn.withPassword({ login, password: PASSWORD }, at.sent))
      expect(answer).toMatchObject({ accountId: account.id, needsSecondFactor: false })
      expect(await signIn.recognise(at.sent)).toMatchObject({ account: { id: account.id, role: 'operator' } })
    }
    expect(await signIn.accounts.sessions(account.id)).toMatchObject([
      { address: '192.0.2.7', userAgent: 'Test/1.0' },
      { address: '192.0.2.7' },
    ])
  })

  it('is refused alike for a wrong password, an unknown address and an unknown name', async () => {
    const account = await person()
    for (const [login, password] of [
      [account.email, 'wrong horse battery'],
      ['nobody@example.org', PASSWORD],
      ['nobody', PASSWORD],
      ['', PASSWORD],
    ] as const)
      expect(await signIn.withPassword({ login, password }, browser().sent)).toEqual({
        refused: 'wrong_credentials',
      })
  })

  it('gives a session of its own each time, and takes none that the browser brought', async () => {
    const { account, at } = await signedIn()
    const before = new Map(at.cookies)
    at.keep(await signIn.withPassword({ login: account.email, password: PASSWORD }, at.sent))
    expect([...at.cookies.values()]).not.toEqual([...before.values()])
    const forged = browser()
    forged.cookies.set([...before.keys()][0]!, 'chosen-by-an-attacker.c2lnbmF0dXJl')
    expect(await signIn.recognise(forged.sent)).toBeNull()
  })

  it('keeps no token that opens a session in the database', async () => {
    const { at } = await signedIn()
    const token = decodeURIComponent([...at.cookies.values()][0]!).split('.')[0]!
    const rows = JSON.stringify(
      await storage.accounts.ask({ model: 'session', method: 'findMany', args: {} }),
    )
    expect(token.length).toBeGreaterThan(20)
    expect(rows).not.toContain(token)
    const cookies = [...at.cookies.values()].join()
    const hashes = (JSON.parse(rows) as { token: string }[]).map((row) => row.token)
    expect(hashes.some((hash) => cookies.includes(hash))).toBe(false)
  })

  it('ends when it is signed out, when its session is ended, and when the user is disabled', async () => {
    const one = await signedIn()
    one.at.keep(await signIn.end(one.at.sent))
    expect(await signIn.recognise(one.at.sent)).toBeNull()

    const two = await signedIn()
    const copy = two.at.sent
    const [session] = await signIn.accounts.sessions(two.account.id)
    expect(await signIn.accounts.endSession('somebody-else', session!.id)).toBe(false)
    expect(await signIn.recognise(copy)).not.toBeNull()
    expect(await signIn.accounts.endSession(two.account.id, session!.id)).toBe(true)
    expect(await signIn.recognise(copy)).toBeNull()

    const three = await signedIn()
    await signIn.accounts.update(three.account.id, { disabled: true })
    expect(await signIn.recognise(three.at.sent)).toBeNull()
    const again = await signIn.withPassword(
      { login: three.account.email, password: PASSWORD },
      browser().sent,
    )
    expect(again).toEqual({ refused: 'disabled' })
    expect(await signIn.accounts.sessions(three.account.id)).toEqual([])
  })

  it('is opened for whom another vouches for, unless they are disabled', async () => {
    const account = await person()
    const at = browser()
    at.keep(await signIn.vouched(account.id, at.sent))
    expect(await signIn.recognise(at.sent)).toMatchObject({ account: { id: account.id } })
    await signIn.accounts.update(account.id, { disabled: true })
    expect(await signIn.vouched(account.id, browser().sent)).toEqual({ refused: 'disabled' })
    expect(await signIn.vouched('nobody', browser().sent)).toEqual({ refused: 'disabled' })
  })
})

describe('a password', () => {
  it('is changed with the old one, which ends every other session', async () => {
    const { account, at } = await signedIn()
    const other = browser()
    other.keep(await signIn.withPassword({ login: account.email, password: PASSWORD }, other.sent))
    const wrong = await signIn.changePassword({ current: 'wrong', next: 'another horse battery' }, at.sent)
    expect(wrong).toEqual({ refused: 'wrong_password' })
    at.keep(await signIn.changePassword({ current: PASSWORD, next: 'another horse battery' }, at.sent))
    expect(await signIn.recognise(at.sent)).not.toBeNull()
    expect(await signIn.recognise(other.sent)).toBeNull()
    expect(await signIn.withPassword({ login: account.email, password: PASSWORD }, browser().sent)).toEqual({
      refused: 'wrong_credentials',
    })
  })

  it('is kept by its scrypt hash', async () => {
    const { account } = await signedIn()
    const [row] = (await storage.accounts.ask({
      model: 'account',
      method: 'findMany',
      args: { where: { userId: account.id } },
    })) as { password: string }[]
    expect(row!.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
  })

  it('can be set anew by another, also where there was none', async () => {
    const account = await signIn.accounts.create({
      name: 'Bob',
      email: 'bob@example.org',
      username: null,
      role: 'viewer',
      password: null,
    })
    const asked = { login: 'bob@example.org', password: 'third horse battery' }
    expect(await signIn.withPassword(asked, browser().sent)).toEqual({ refused: 'wrong_credentials' })
    await signIn.accounts.setPassword(account.id, asked.password)
    expect(await signIn.withPassword(asked, browser().sent)).toMatchObject({ accountId: account.id })
  })
})

describe('a second factor', () => {
  async function withFactor() {
    const { account, at } = await signedIn()
    const begun = await signIn.beginSecondFactor(PASSWORD, at.sent)
    if ('refused' in begun) throw new Error(begun.refused)
    const secret = new URL(begun.uri).searchParams.get('secret')!
    const otp = createOTP(base32Text(secret), { digits: 6, period: 30 })
    // The app's next code is good already, and stays so should this step end meanwhile.
    const code = () => otp.hotp(Math.floor(Date.now() / 30_000) + 1)
    const confirmedBy = await otp.totp()
    at.keep(await signIn.confirmSecondFactor(confirmedBy, at.sent))
    return { account, at, code, confirmedBy, recoveryCodes: begun.recoveryCodes }
  }

  it('is asked for once it is confirmed, and lets in with a code', async () => {
    const { account, code } = await withFactor()
    const at = browser()
    const first = at.keep(await signIn.withPassword({ login: account.email, password: PASSWORD }, at.sent))
    expect(first).toMatchObject({ needsSecondFactor: true })
    expect(await signIn.recognise(at.sent)).toBeNull()
    const asked = { isRecoveryCode: false, trustDevice: false }
    expect(await signIn.withSecondFactor({ ...asked, code: '000000' }, at.sent)).toEqual({
      refused: 'wrong_code',
    })
    at.keep(await signIn.withSecondFactor({ ...asked, code: await code() }, at.sent))
    expect(await signIn.recognise(at.sent)).toMatchObject({ account: { hasSecondFactor: true } })
  })

  it('takes each code once, and after a used one the next without the password again', async () => {
    const { account, code, confirmedBy } = await withFactor()
    const asked = { isRecoveryCode: false, trustDevice: false }
    const enter = async () => {
      const at = browser()
      at.keep(await signIn.withPassword({ login: account.email, password: PASSWORD }, at.sent))
      return at
    }
    const first = await enter()
    const refused = { refused: 'used_code' }
    expect(await signIn.withSecondFactor({ ...asked, code: confirmedBy }, first.sent)).toEqual(refused)
    const next = await code()
    expect(await signIn.withSecondFactor({ ...asked, code: next }, first.sent)).toMatchObject({
      accountId: account.id,
    })
    const second = await enter()
    expect(await signIn.withSecondFactor({ ...asked, code: next }, second.sent)).toEqual(refused)
    expect(await signIn.recognise(second.sent)).toBeNull()
  })

  it('takes a code once also where it comes twice at once, and leaves the loser no session', async () => {
    const { account, code } = await withFactor()
    const before = (await signIn.accounts.sessions(account.id)).length
    const browsers = [browser(), browser(), browser()]
    for (const at of browsers)
      at.keep(await signIn.withPassword({ login: account.email, password: PASSWORD }, at.sent))
    const asked = { code: await code(), isRecoveryCode: false, trustDevice: true }
    const answers = await Promise.all(browsers.map((at) => signIn.withSecondFactor(asked, at.sent)))
    expect(answers.filter((answer) => 'cookies' in answer)).toHaveLength(1)
    expect(answers.filter((answer) => 'refused' in answer)).toEqual([
      { refused: 'used_code' },
      { refused: 'used_code' },
    ])
    expect(await signIn.accounts.sessions(account.id)).toHaveLength(before + 1)
  })

  it('takes a code of each account by itself, should two show the same', async () => {
    const [one, other] = [await withFactor(), await withFactor()]
    const factors = { model: 'twoFactor' } as const
    const [factor] = (await storage.accounts.ask({
      ...factors,
      method: 'findMany',
      args: { where: { userId: one.account.id } },
    })) as { secret: string }[]
    const args = { where: { userId: other.account.id }, data: { secret: factor!.secret } }
    await storage.accounts.ask({ ...factors, method: 'updateMany', args })
    const code = await one.code()
    for (const { account } of [one, other]) {
      const at = browser()
      at.keep(await signIn.withPassword({ login: account.email, password: PASSWORD }, at.sent))
      expect(
        await signIn.withSecondFactor({ code, isRecoveryCode: false, trustDevice: false }, at.sent),
      ).toMatchObject({ accountId: account.id })
    }
  })

  it('takes each recovery code once', async () => {
    const { account, recoveryCodes } = await withFactor()
    const [code = ''] = recoveryCodes
    const enter = async () => {
      const at = browser()
      at.keep(await signIn.withPassword({ login: account.email, password: PASSWORD }, at.sent))
      return signIn.withSecondFactor({ code, isRecoveryCode: true, trustDevice: false }, at.sent)
    }
    expect(await enter()).toMatchObject({ accountId: account.id })
    expect(await enter()).toEqual({ refused: 'wrong_code' })
  })

  it('is kept sealed, and goes with the password or by another’s hand', async () => {
    const { account, at, recoveryCodes } = await withFactor()
    const rows = JSON.stringify(
      await storage.accounts.ask({ model: 'twoFactor', method: 'findMany', args: {} }),
    )
    expect(recoveryCodes.some((code) => rows.includes(code))).toBe(false)
    expect(await signIn.endSecondFactor('wrong', at.sent)).toEqual({ refused: 'wrong_password' })
    at.keep(await signIn.endSecondFactor(PASSWORD, at.sent))
    expect(await signIn.recognise(at.sent)).toMatchObject({ account: { hasSecondFactor: false } })

    const other = await withFactor()
    await signIn.accounts.removeSecondFactor(other.account.id)
    expect(
      await signIn.withPassword({ login: other.account.email, password: PASSWORD }, browser().sent),
    ).toMatchObject({ needsSecondFactor: false })
    expect(account.id).not.toBe(other.account.id)
  })
})

describe('accounts', () => {
  it('have an e-mail address and a user name that nobody else has', async () => {
    const account = await person({ username: 'taken' })
    const wanted = { name: 'Eve', username: null, role: 'viewer', password: null } as const
    await expect(
      signIn.accounts.create({ ...wanted, email: account.email.toUpperCase() }),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: 'email' }],
    })
    await expect(
      signIn.accounts.create({ ...wanted, email: 'eve@example.org', username: 'Taken' }),
    ).rejects.toMatchObject({ fields: [{ path: 'username' }] })
    expect(await signIn.accounts.update(account.id, { username: 'TAKEN' })).toMatchObject({
      username: 'taken',
    })
    await expect(signIn.accounts.update('nobody', { name: 'x' })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('leave nothing behind when they are deleted', async () => {
    const { account, at } = await signedIn()
    await signIn.accounts.link(account.id, { issuer: 'https://id.example.org', subject: 's1' })
    expect(
      await signIn.accounts.findBySubject({ issuer: 'https://id.example.org', subject: 's1' }),
    ).toMatchObject({ id: account.id })
    await signIn.accounts.delete(account.id)
    expect(await signIn.recognise(at.sent)).toBeNull()
    expect(
      await signIn.accounts.findBySubject({ issuer: 'https://id.example.org', subject: 's1' }),
    ).toBeNull()
    for (const model of ['session', 'account', 'twoFactor'] as const)
      expect(
        await storage.accounts.ask({ model, method: 'count', args: { where: { userId: account.id } } }),
      ).toBe(0)
  })
})

/** The text that an authenticator's base32 secret (RFC 4648) stands for. */
function base32Text(secret: string): string {
  const bits = Array.from(secret.replaceAll('=', ''))
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return (bits.match(/.{8}/g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 2))).join('')
}

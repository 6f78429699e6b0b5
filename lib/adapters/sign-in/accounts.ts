import { z } from 'zod'
import { AppError, notFound } from '#lib/domain/errors.ts'
import { ROLES } from '#lib/domain/access/roles.ts'
import type { Account, Accounts, NewAccount, SignInSession } from '#lib/services/access/sign-in.ts'
import type { Auth } from './open-auth.ts'

/** What better-auth calls an account with a password. */
const WITH_PASSWORD = 'credential'
/** More users than one list holds are not expected of a team; sessions neither. */
const MOST_ROWS = 1_000

const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  username: z.string().nullish(),
  role: z.enum(ROLES),
  disabled: z.boolean(),
  twoFactorEnabled: z.boolean().nullish(),
  createdAt: z.date(),
})

const sessionSchema = z.object({
  id: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
  ipAddress: z.string().nullish(),
  userAgent: z.string().nullish(),
})

/** The account that a row of better-auth's users stands for. Throws when it is none. */
export function accountOfRow(row: unknown): Account {
  const { twoFactorEnabled, createdAt, username, ...user } = userSchema.parse(row)
  return {
    ...user,
    username: username ?? null,
    hasSecondFactor: twoFactorEnabled === true,
    createdAt: createdAt.getTime(),
  }
}

function sessionOfRow(row: unknown): SignInSession {
  const { id, createdAt, expiresAt, ipAddress, userAgent } = sessionSchema.parse(row)
  return {
    id,
    createdAt: createdAt.getTime(),
    expiresAt: expiresAt.getTime(),
    address: ipAddress === '' ? null : (ipAddress ?? null),
    userAgent: userAgent === '' ? null : (userAgent ?? null),
  }
}

const equal = (field: string, value: string) => ({ field, value })

/** The accounts that better-auth keeps. */
export async function accountsOf(auth: Auth): Promise<Accounts> {
  const { adapter, internalAdapter, password } = await auth.$context

  const findBy = async (field: 'id' | 'email' | 'username', value: string) => {
    const row: unknown = await adapter.findOne({ model: 'user', where: [equal(field, value)] })
    return row === null ? null : accountOfRow(row)
  }
  const known = async (id: string) => {
    const account = await findBy('id', id)
    if (account === null) throw notFound('user', id)
    return account
  }
  const refuseTaken = async (wanted: Partial<Pick<NewAccount, 'email' | 'username'>>, except?: string) => {
    for (const field of ['email', 'username'] as const) {
      const value = wanted[field]?.toLowerCase()
      const holder = value === undefined ? null : await findBy(field, value)
      if (holder !== null && holder.id !== except) throw taken(field)
    }
  }
  const sessionRows = (id: string) =>
    adapter.findMany({
      model: 'session',
      where: [equal('userId', id)],
      sortBy: { field: 'createdAt', direction: 'desc' },
      limit: MOST_ROWS,
    })
  const endSession = async (id: string, sessionId: string) =>
    (await adapter.deleteMany({
      model: 'session',
      where: [equal('id', sessionId), equal('userId', id)],
    })) > 0

  return {
    count: () => adapter.count({ model: 'user' }),
    list: async () => {
      const rows = await adapter.findMany({
        model: 'user',
        sortBy: { field: 'createdAt', direction: 'asc' },
        limit: MOST_ROWS,
      })
      return rows.map(accountOfRow)
    },
    find: (id) => findBy('id', id),
    findByLogin: async (login) =>
      (await findBy('email', login.toLowerCase())) ?? findBy('username', login.toLowerCase()),
    create: async ({ password: plain, ...account }) => {
      await refuseTaken(account)
      const hash = plain === null ? null : await password.hash(plain)
      const user = await internalAdapter.createUser(
        { ...account, username: account.username?.toLowerCase() ?? null },
        { method: 'email-password' },
      )
      if (hash !== null)
        await internalAdapter.linkAccount({
          userId: user.id,
          providerId: WITH_PASSWORD,
          accountId: user.id,
          password: hash,
        })
      return accountOfRow(user)
    },
    update: async (id, changes) => {
      await known(id)
      await refuseTaken(changes, id)
      const { email, username, ...rest } = changes
      const row: unknown = await adapter.update({
        model: 'user',
        where: [equal('id', id)],
        update: {
          ...rest,
          ...(email === undefined ? {} : { email: email.toLowerCase() }),
          ...(username === undefined ? {} : { username: username?.toLowerCase() ?? null }),
          updatedAt: new Date(),
        },
      })
      return accountOfRow(row)
    },
    delete: async (id) => {
      await known(id)
      for (const model of ['session', 'account', 'twoFactor'])
        await adapter.deleteMany({ model, where: [equal('userId', id)] })
      await adapter.deleteMany({ model: 'user', where: [equal('id', id)] })
    },
    setPassword: async (id, plain) => {
      await known(id)
      const hash = await password.hash(plain)
      const held = await internalAdapter.findCredentialAccount(id)
      if (held) await internalAdapter.updatePassword(id, hash)
      else
        await internalAdapter.linkAccount({
          userId: id,
          providerId: WITH_PASSWORD,
          accountId: id,
          password: hash,
        })
    },
    removeSecondFactor: async (id) => {
      await known(id)
      await adapter.deleteMany({ model: 'twoFactor', where: [equal('userId', id)] })
      await adapter.update({
        model: 'user',
        where: [equal('id', id)],
        update: { twoFactorEnabled: false, updatedAt: new Date() },
      })
    },
    sessions: async (id) => {
      const now = Date.now()
      return (await sessionRows(id)).map(sessionOfRow).filter(({ expiresAt }) => expiresAt > now)
    },
    endSession,
    endSessions: async (id, except) => {
      for (const session of (await sessionRows(id)).map(sessionOfRow))
        if (session.id !== except) await endSession(id, session.id)
    },
    link: async (id, { issuer, subject }) => {
      await internalAdapter.linkAccount({ userId: id, providerId: issuer, accountId: subject })
    },
    findBySubject: async ({ issuer, subject }) => {
      const held = await adapter.findOne<{ userId: string }>({
        model: 'account',
        where: [equal('providerId', issuer), equal('accountId', subject)],
      })
      return held === null ? null : findBy('id', held.userId)
    },
  }
}

const WORDS = { email: 'e-mail address', username: 'user name' }
const taken = (field: keyof typeof WORDS) =>
  new AppError('invalid_input', `Another user has this ${WORDS[field]}.`, {
    fields: [{ path: field, message: 'another user has it' }],
  })

import { randomBytes } from 'node:crypto'
import { accountSchema, type AccountView } from '#lib/contract/account.ts'
import { pageOf } from '#lib/contract/check.ts'
import { ROLES } from '#lib/domain/access/roles.ts'

/** Calls the console's API as the command line may; rejects with the problem's own words. */
export type CallConsole = (method: string, path: string, body?: unknown) => Promise<unknown>

/** What was typed after the command. */
export type UserOptions = {
  login: string | null
  name: string | null
  email: string | null
  username: string | null
  role: string | null
  /** Null: one is made up, and told. */
  password: string | null
}

export const USAGE = `Usage: npm run user -- COMMAND
  list
  create --email EMAIL --name NAME --role ${ROLES.join('|')} [--username NAME] [--password-stdin]
  reset-password LOGIN [--password-stdin]
  set-role LOGIN --role ${ROLES.join('|')}
  enable LOGIN · disable LOGIN
  remove-second-factor LOGIN
  end-sessions LOGIN
LOGIN is an e-mail address or a user name. Without --password-stdin a password is made up and told once.`

/** A command that was typed wrongly. */
export class UsageError extends Error {}

type Run = (call: CallConsole, options: UserOptions) => Promise<string[]>

/** Every command: what it does, and what it says when it is done. */
export const USER_COMMANDS: Readonly<Record<string, Run>> = {
  list: async (call) => (await readUsers(call)).map(lineOf),
  create: async (call, { name, email, username, role, password }) => {
    const chosen = password ?? madeUp()
    const body = {
      name: needed(name ?? email, '--name'),
      email: needed(email, '--email'),
      role: needed(role, '--role'),
      password: chosen,
      ...(username === null ? {} : { username }),
    }
    const account = accountSchema.parse(await call('POST', '/api/users', body))
    return [`Added: ${lineOf(account)}`, ...told(password, chosen)]
  },
  'reset-password': async (call, { login, password }) => {
    const account = await userOf(call, login)
    const chosen = password ?? madeUp()
    await call('PUT', `/api/users/${account.id}/password`, { password: chosen })
    return [`${account.name} has a new password; all their sessions are ended.`, ...told(password, chosen)]
  },
  'set-role': async (call, { login, role }) => change(call, login, { role: needed(role, '--role') }),
  enable: (call, { login }) => change(call, login, { disabled: false }),
  disable: (call, { login }) => change(call, login, { disabled: true }),
  'remove-second-factor': async (call, { login }) => {
    const account = await userOf(call, login)
    await call('DELETE', `/api/users/${account.id}/second-factor`, {})
    return [`${account.name} signs in without a second factor now.`]
  },
  'end-sessions': async (call, { login }) => {
    const account = await userOf(call, login)
    await call('DELETE', `/api/users/${account.id}/sessions`, {})
    return [`All sessions of ${account.name} are ended.`]
  },
}

async function change(call: CallConsole, login: string | null, changes: object): Promise<string[]> {
  const { id } = await userOf(call, login)
  const body = { ...changes, reason: 'by the command line' }
  return [lineOf(accountSchema.parse(await call('PATCH', `/api/users/${id}`, body)))]
}

async function readUsers(call: CallConsole): Promise<AccountView[]> {
  return pageOf(accountSchema).parse(await call('GET', '/api/users')).items
}

async function userOf(call: CallConsole, login: string | null): Promise<AccountView> {
  const wanted = needed(login, 'a LOGIN').toLowerCase()
  const found = (await readUsers(call)).find(
    ({ email, username }) => email.toLowerCase() === wanted || username?.toLowerCase() === wanted,
  )
  if (found === undefined) throw new UsageError(`There is no user "${wanted}".`)
  return found
}

function needed(value: string | null, what: string): string {
  if (value === null || value === '') throw new UsageError(`It needs ${what}.`)
  return value
}

const lineOf = ({ name, email, username, role, disabled, hasSecondFactor }: AccountView): string =>
  [
    `${name} <${email}>`,
    ...(username === null ? [] : [username]),
    role,
    ...(hasSecondFactor ? ['second factor'] : []),
    ...(disabled ? ['disabled'] : []),
  ].join(', ')

/** 96 bits: nobody guesses it, and somebody can type it. */
const madeUp = () => randomBytes(12).toString('base64url')

const told = (given: string | null, chosen: string): string[] =>
  given === null ? [`The password, told only now: ${chosen}`] : []

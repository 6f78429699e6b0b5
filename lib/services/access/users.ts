import type { AccountView, CreateUser, PatchUser } from '#lib/contract/account.ts'
import type { Author } from '#lib/domain/access/author.ts'
import { AppError, notFound } from '#lib/domain/errors.ts'
import type { Desk } from './desk.ts'
import { presentAccount } from './present-account.ts'
import type { Account, Accounts } from './sign-in.ts'

/** Everybody who may sign in, in the order in which they were added. */
export async function readUsers(desk: Desk): Promise<AccountView[]> {
  return (await (await desk.signIn()).accounts.list()).map(presentAccount)
}

/** Adds somebody who may sign in. Throws `invalid_input` for an e-mail address or user name that is taken. */
export async function createUser(
  desk: Desk,
  { username = null, password = null, ...wanted }: CreateUser,
  author: Author,
): Promise<AccountView> {
  const { accounts } = await desk.signIn()
  const account = presentAccount(await accounts.create({ ...wanted, username, password }))
  note(desk, author, { action: 'user.create', account, words: 'added user', before: null, after: account })
  return account
}

/**
 * Changes somebody. Disabling ends their sessions. Throws `not_found`, `invalid_input` for what is taken, and
 * `conflict` where no administrator would be left.
 */
export async function changeUser(
  desk: Desk,
  id: string,
  { input: { reason, ...changes }, author }: { input: PatchUser; author: Author },
): Promise<AccountView> {
  const { accounts } = await desk.signIn()
  const before = await known(accounts, id)
  const stays = (changes.role ?? before.role) === 'administrator' && !(changes.disabled ?? before.disabled)
  if (!stays) await refuseLast(accounts, before)
  const after = presentAccount(await accounts.update(id, given(changes)))
  if (changes.disabled === true) await accounts.endSessions(id, null)
  desk.forgetSessions()
  note(desk, author, {
    action: 'user.update',
    account: after,
    words: 'changed user',
    reason,
    before: presentAccount(before),
    after,
  })
  return after
}

/** Takes somebody away with all their sessions. Throws `not_found`, and `conflict` for the last administrator. */
export async function deleteUser(
  desk: Desk,
  id: string,
  { input: { reason }, author }: { input: { reason?: string | undefined }; author: Author },
): Promise<void> {
  const { accounts } = await desk.signIn()
  const before = await known(accounts, id)
  await refuseLast(accounts, before)
  await accounts.delete(id)
  desk.forgetSessions()
  const account = presentAccount(before)
  note(desk, author, {
    action: 'user.delete',
    account,
    words: 'deleted user',
    reason,
    before: account,
    after: null,
  })
}

/** Gives somebody a new password, and ends their sessions. Throws `not_found`. */
export async function setUserPassword(
  desk: Desk,
  id: string,
  { password, author }: { password: string; author: Author },
): Promise<AccountView> {
  const { accounts } = await desk.signIn()
  await accounts.setPassword(id, password)
  await accounts.endSessions(id, null)
  return changed(desk, id, { action: 'user.password', words: 'set a new password for', author })
}

/** Takes somebody's second factor away, as for one whose telephone is lost. Throws `not_found`. */
export async function removeUserSecondFactor(desk: Desk, id: string, author: Author): Promise<AccountView> {
  const { accounts } = await desk.signIn()
  await accounts.removeSecondFactor(id)
  return changed(desk, id, { action: 'user.second-factor', words: 'took away the second factor of', author })
}

/** Ends all of somebody's sessions. Throws `not_found`. */
export async function endUserSessions(desk: Desk, id: string, author: Author): Promise<AccountView> {
  const { accounts } = await desk.signIn()
  await known(accounts, id)
  await accounts.endSessions(id, null)
  return changed(desk, id, { action: 'user.sessions', words: 'ended all sessions of', author })
}

async function changed(
  desk: Desk,
  id: string,
  { action, words, author }: { action: string; words: string; author: Author },
): Promise<AccountView> {
  desk.forgetSessions()
  const account = presentAccount(await known((await desk.signIn()).accounts, id))
  note(desk, author, { action, account, words, before: null, after: null })
  return account
}

async function known(accounts: Accounts, id: string): Promise<Account> {
  const account = await accounts.find(id)
  if (account === null) throw notFound('user', id)
  return account
}

/** Without an administrator nobody could ever make another. */
async function refuseLast(accounts: Accounts, { id, role, disabled }: Account): Promise<void> {
  if (role !== 'administrator' || disabled) return
  const others = (await accounts.list()).filter(
    (one) => one.id !== id && one.role === 'administrator' && !one.disabled,
  )
  if (others.length === 0)
    throw new AppError('conflict', 'This is the last administrator: make another one first.')
}

/** Only what was given: an undefined field must not overwrite. */
const given = (changes: object) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))

type Noted = {
  action: string
  account: AccountView
  words: string
  reason?: string | undefined
  before: unknown
  after: unknown
}

function note(desk: Desk, author: Author, { action, account, words, reason, before, after }: Noted): void {
  desk.record({
    ...author,
    action,
    outcome: 'done',
    entity: { type: 'user', id: account.id },
    summary: `${words} ${account.name}`,
    reason: reason ?? null,
    before,
    after,
  })
}

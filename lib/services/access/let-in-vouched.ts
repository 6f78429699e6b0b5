import type { Role } from '#lib/domain/access/roles.ts'
import { AppError } from '#lib/domain/errors.ts'
import type { Desk, Visit } from './desk.ts'
import type { NotVouched, Vouched } from './identity-provider.ts'
import { welcome } from './let-in.ts'
import { createUser } from './users.ts'
import { granted } from './refusals.ts'
import type { Account, Accounts, Cookies } from './sign-in.ts'

/**
 * Lets in whom an identity provider vouches for: the user whom it has vouched for before, or whose e-mail address it
 * has verified, or, where `newUsers` says so, a new one. Throws `forbidden` for anybody else.
 */
export async function letInVouched(
  desk: Desk,
  { vouched, newUsers }: { vouched: Vouched; newUsers: Role | null },
  visit: Visit,
): Promise<Cookies> {
  const signIn = await desk.signIn()
  const known = await signIn.accounts.findBySubject(vouched)
  const account = known ?? (await firstSight(desk, { vouched, newUsers }, visit))
  if (known === null) await signIn.accounts.link(account.id, vouched)
  const { cookies } = granted(await signIn.vouched(account.id, visit.browser))
  return welcome(desk, visit, { accountId: account.id, cookies, by: new URL(vouched.issuer).host })
}

async function firstSight(
  desk: Desk,
  { vouched, newUsers }: { vouched: Vouched; newUsers: Role | null },
  visit: Visit,
): Promise<Pick<Account, 'id'>> {
  const { accounts } = await desk.signIn()
  const { name } = vouched
  // An address that is not verified may be anybody's: it is as good as none.
  const email = vouched.isEmailVerified ? vouched.email : null
  const named = email === null ? null : await accounts.findByLogin(email)
  if (named !== null) return named
  if (email !== null && newUsers !== null)
    return createUser(desk, { name: name ?? email, email, role: newUsers }, visit.author)
  const message = strangerWords(vouched)
  noteRefusal(desk, visit, message)
  throw new AppError('forbidden', message)
}

function strangerWords({ email, isEmailVerified, name, subject }: Vouched): string {
  const words = `${email ?? name ?? subject} is no user here: an administrator can add them.`
  return email === null || isEmailVerified ? words : `${words} Its provider has not verified this address.`
}

/** Writes down, and throws, why an identity provider vouches for nobody. */
export function refuseVouched(desk: Desk, visit: Visit, { message, detail }: NotVouched): never {
  noteRefusal(desk, visit, `${message} (${detail})`)
  throw new AppError('forbidden', message)
}

function noteRefusal(desk: Desk, { author }: Visit, summary: string): void {
  desk.record({
    ...author,
    action: 'sign-in.failed',
    outcome: 'refused',
    entity: null,
    summary: `sign-in refused: ${summary}`,
    reason: null,
    before: null,
    after: null,
  })
}

/**
 * Who a trusted proxy says is there: the user of that name, or, where `newUsers` says so, a new one. Null for nobody
 * and for who is disabled.
 */
export async function accountOfProxy(
  accounts: Accounts,
  { name, newUsers }: { name: string; newUsers: Role | null },
): Promise<Account | null> {
  const known = await accounts.findByLogin(name)
  if (known !== null) return known.disabled ? null : known
  if (newUsers === null) return null
  const email = name.includes('@') ? name : `${name}@proxy.invalid`
  return accounts.create({
    name,
    email,
    username: name.includes('@') ? null : name,
    role: newUsers,
    password: null,
  })
}

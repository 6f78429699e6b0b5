import { authorOf } from '#lib/domain/access/author.ts'
import { AppError } from '#lib/domain/errors.ts'
import type { Sha256 } from '../ports.ts'
import type { Desk, Visit } from './desk.ts'
import { granted } from './refusals.ts'
import { presentAccount } from './present-account.ts'
import type { Cookies } from './sign-in.ts'

type Wanted = {
  token?: string | undefined
  name: string
  email: string
  username?: string | null | undefined
  password: string
}

/**
 * Makes the first administrator and lets them in. Throws `conflict` when there is somebody already, and `forbidden`
 * without the log's token for whoever does not sit at the machine itself.
 */
export async function setUp(
  { desk, sha256 }: { desk: Desk; sha256: Sha256 },
  { token, username = null, ...wanted }: Wanted,
  visit: Visit,
): Promise<Cookies> {
  const signIn = await desk.signIn()
  if ((await signIn.accounts.count()) > 0)
    throw new AppError('conflict', 'There is an administrator already: sign in.')
  // By their hashes, which take the same time to compare however much of the token was guessed.
  if (!visit.isFromHere && sha256(token ?? '') !== sha256(desk.setUpToken)) {
    throw new AppError('forbidden', 'This is not the token that the log told when Switchyard started.', {
      facts: { path: 'token' },
    })
  }
  const account = await signIn.accounts.create({ ...wanted, username, role: 'administrator' })
  // Of two at once the earlier one stays.
  const [first] = await signIn.accounts.list()
  if (first !== undefined && first.id !== account.id) {
    await signIn.accounts.delete(account.id)
    throw new AppError('conflict', 'Somebody else has just become the administrator: sign in.')
  }
  desk.forgetSessions()
  const principal = { kind: 'user', id: account.id, name: account.name, role: account.role } as const
  desk.record({
    ...authorOf({ ...principal, sessionId: null }, visit.author),
    action: 'set-up',
    outcome: 'done',
    entity: { type: 'user', id: account.id },
    summary: `${account.name} became the first administrator`,
    reason: null,
    before: null,
    after: presentAccount(account),
  })
  const { cookies } = granted(await signIn.vouched(account.id, visit.browser))
  return [...cookies, desk.knownBrowsers.cookieFor(account.id)]
}

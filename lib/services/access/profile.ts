import type { AccountView, SignInSessionView } from '#lib/contract/account.ts'
import { notFound } from '#lib/domain/errors.ts'
import { iso } from '../present/time.ts'
import type { Desk, Visit } from './desk.ts'
import { presentAccount } from './present-account.ts'
import { granted } from './refusals.ts'
import type { Cookies } from './sign-in.ts'

/** A user at their own profile, by the session they are in; null for one whom the proxy vouches for. */
export type Owner = { id: string; sessionId: string | null }

export async function readProfile(desk: Desk, { id }: Owner): Promise<AccountView> {
  const account = await (await desk.signIn()).accounts.find(id)
  if (account === null) throw notFound('user', id)
  return presentAccount(account)
}

export async function renameProfile(
  desk: Desk,
  { id }: Owner,
  { name, visit }: { name: string; visit: Visit },
) {
  const account = presentAccount(await (await desk.signIn()).accounts.update(id, { name }))
  desk.forgetSessions()
  note(desk, visit, { action: 'profile.update', id, summary: `changed their name to ${name}` })
  return account
}

/** Changes the own password, and ends every other session. Throws `invalid_input` when the old one is wrong. */
export async function changeOwnPassword(
  desk: Desk,
  { id }: Owner,
  { given, visit }: { given: { current: string; next: string }; visit: Visit },
): Promise<Cookies> {
  const { cookies } = granted(await (await desk.signIn()).changePassword(given, visit.browser))
  desk.forgetSessions()
  note(desk, visit, { action: 'profile.password', id, summary: 'changed their password' })
  return cookies
}

/** Begins a second factor; a code of it has to confirm it. Throws `invalid_input` for a wrong password. */
export async function beginOwnSecondFactor(
  desk: Desk,
  { password, visit }: { password: string; visit: Visit },
): Promise<{ uri: string; recoveryCodes: string[] }> {
  const { uri, recoveryCodes } = granted(
    await (await desk.signIn()).beginSecondFactor(password, visit.browser),
  )
  return { uri, recoveryCodes: [...recoveryCodes] }
}

/** Puts the second factor in force. Throws `unauthenticated` for a wrong code. */
export async function confirmOwnSecondFactor(
  desk: Desk,
  { id }: Owner,
  { code, visit }: { code: string; visit: Visit },
): Promise<Cookies> {
  const { cookies } = granted(await (await desk.signIn()).confirmSecondFactor(code, visit.browser))
  desk.forgetSessions()
  note(desk, visit, { action: 'profile.second-factor', id, summary: 'set up a second factor' })
  return cookies
}

/** Takes the second factor away. Throws `invalid_input` for a wrong password. */
export async function endOwnSecondFactor(
  desk: Desk,
  { id }: Owner,
  { password, visit }: { password: string; visit: Visit },
): Promise<Cookies> {
  const { cookies } = granted(await (await desk.signIn()).endSecondFactor(password, visit.browser))
  desk.forgetSessions()
  note(desk, visit, { action: 'profile.second-factor', id, summary: 'took away their second factor' })
  return cookies
}

/** The browsers in which they are signed in, newest first. */
export async function readOwnSessions(desk: Desk, { id, sessionId }: Owner): Promise<SignInSessionView[]> {
  const sessions = await (await desk.signIn()).accounts.sessions(id)
  return sessions.map(({ createdAt, expiresAt, ...session }) => ({
    ...session,
    createdAt: iso(createdAt),
    expiresAt: iso(expiresAt),
    isCurrent: session.id === sessionId,
  }))
}

/** Ends one of the own sessions. Throws `not_found`, also for somebody else's. */
export async function endOwnSession(
  desk: Desk,
  { id }: Owner,
  { sessionId, visit }: { sessionId: string; visit: Visit },
): Promise<void> {
  if (!(await (await desk.signIn()).accounts.endSession(id, sessionId))) throw notFound('session', sessionId)
  desk.forgetSessions()
  note(desk, visit, { action: 'profile.session', id, summary: 'ended a session' })
}

/** Ends all of the own sessions but this one. */
export async function endOtherSessions(desk: Desk, { id, sessionId }: Owner, visit: Visit): Promise<void> {
  await (await desk.signIn()).accounts.endSessions(id, sessionId)
  desk.forgetSessions()
  note(desk, visit, { action: 'profile.session', id, summary: 'ended all other sessions' })
}

function note(
  desk: Desk,
  { author }: Visit,
  { action, id, summary }: { action: string; id: string; summary: string },
): void {
  desk.record({
    ...author,
    action,
    outcome: 'done',
    entity: { type: 'user', id },
    summary: `${author.actor} ${summary}`,
    reason: null,
    before: null,
    after: null,
  })
}

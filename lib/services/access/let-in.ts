import { authorOf } from '#lib/domain/access/author.ts'
import type { Desk, Visit } from './desk.ts'
import { refusalError } from './refusals.ts'
import type { Account, Cookies } from './sign-in.ts'

/** What the browser is given, and whether a code is still asked for. */
export type LetIn = { needsSecondFactor: boolean; cookies: Cookies }

/**
 * Lets somebody in by a password. Throws `unauthenticated` for a wrong one or an unknown login, alike in words and in
 * time, `rate_limited` for an attempt too early, `forbidden` for somebody disabled.
 */
export async function letIn(
  desk: Desk,
  given: { login: string; password: string },
  visit: Visit,
): Promise<LetIn> {
  const { browser } = visit
  const signIn = await desk.signIn()
  const claimed = await signIn.accounts.findByLogin(given.login)
  const attempt = {
    // One account is counted once, by whichever of its names it is tried.
    login: claimed?.id ?? given.login,
    address: browser.address,
    knownBrowser: claimed && desk.knownBrowsers.idOf(browser.cookie, claimed.id),
  }
  desk.limits.begin(attempt)
  const answer = await signIn.withPassword(given, browser)
  if ('refused' in answer) {
    noteFailure(desk, visit, { claimed, action: 'sign-in.failed', why: answer.refused })
    throw refusalError(answer)
  }
  desk.limits.forgive(attempt)
  const { accountId, needsSecondFactor, cookies } = answer
  if (needsSecondFactor) return { needsSecondFactor, cookies }
  return { needsSecondFactor, cookies: await welcome(desk, visit, { accountId, cookies, by: 'password' }) }
}

/** Lets somebody in by the code that was asked for after the password; refuses as `letIn` does. */
export async function letInWithCode(
  desk: Desk,
  given: { code: string; isRecoveryCode: boolean; trustDevice: boolean },
  visit: Visit,
): Promise<LetIn> {
  const signIn = await desk.signIn()
  const answer = await signIn.withSecondFactor(given, visit.browser)
  if ('refused' in answer) {
    noteFailure(desk, visit, { claimed: null, action: 'sign-in.code-failed', why: answer.refused })
    throw refusalError(answer)
  }
  const { accountId, cookies } = answer
  const by = given.isRecoveryCode ? 'recovery code' : 'password and code'
  return { needsSecondFactor: false, cookies: await welcome(desk, visit, { accountId, cookies, by }) }
}

/** Notes that somebody is in, and makes the browser known to them. */
export async function welcome(
  desk: Desk,
  { author }: Visit,
  { accountId, cookies, by }: { accountId: string; cookies: Cookies; by: string },
): Promise<Cookies> {
  const account = await (await desk.signIn()).accounts.find(accountId)
  const name = account?.name ?? accountId
  const principal = { kind: 'user', id: accountId, name, role: account?.role ?? 'viewer' } as const
  desk.record({
    ...authorOf({ ...principal, sessionId: null }, author),
    action: 'sign-in.done',
    outcome: 'done',
    entity: { type: 'user', id: accountId },
    summary: `${name} signed in by ${by}`,
    reason: null,
    before: null,
    after: null,
  })
  return [...cookies, desk.knownBrowsers.cookieFor(accountId)]
}

function noteFailure(
  desk: Desk,
  { author }: Visit,
  { claimed, action, why }: { claimed: Account | null; action: string; why: string },
): void {
  desk.record({
    ...author,
    action,
    outcome: 'refused',
    // What was typed may be a password in the wrong field: only a login that is somebody's is written down.
    entity: claimed && { type: 'user', id: claimed.id },
    summary: `sign-in refused${claimed === null ? '' : ` for ${claimed.name}`}: ${why.replaceAll('_', ' ')}`,
    reason: null,
    before: null,
    after: null,
  })
}

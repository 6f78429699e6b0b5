import type { Desk, Visit } from './desk.ts'
import type { Cookies } from './sign-in.ts'

/** Ends the browser's session. */
export async function letOut(desk: Desk, { browser, author }: Visit): Promise<Cookies> {
  const { cookies } = await (await desk.signIn()).end(browser)
  desk.forgetSessions()
  desk.record({
    ...author,
    action: 'sign-out',
    outcome: 'done',
    entity: null,
    summary: `${author.actor} signed out`,
    reason: null,
    before: null,
    after: null,
  })
  return cookies
}

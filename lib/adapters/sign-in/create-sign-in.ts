import { isAPIError } from 'better-auth/api'
import { AppError } from '#lib/domain/errors.ts'
import type {
  Accounts,
  Browser,
  Cookies,
  Refused,
  SignIn,
  SignInRefusal,
} from '#lib/services/access/sign-in.ts'
import { accountOfRow, accountsOf } from './accounts.ts'
import { CODE_USED } from './codes-once.ts'
import { ADDRESS_HEADER, type AuthOptions, openAuth } from './open-auth.ts'

/** An address that cannot be (RFC 2606, 2). */
const NOBODY = 'nobody@switchyard.invalid'

/** Sign-in by better-auth. */
export async function createSignIn(options: AuthOptions): Promise<SignIn> {
  const auth = openAuth(options)
  const accounts = await accountsOf(auth)
  const { api } = auth

  return {
    accounts,
    recognise: async (browser) => {
      const found = await api
        .getSession({ headers: headersOf(browser), query: { disableRefresh: true } })
        // The library hides why it could not look; there is only the database to fail.
        .catch((cause: unknown) => {
          throw new AppError('unavailable', 'Who is signed in cannot be told: the database is away.', {
            cause,
          })
        })
      if (found === null) return null
      const account = accountOfRow(found.user)
      return account.disabled ? null : { account, sessionId: found.session.id }
    },
    withPassword: ({ login, password }, browser) =>
      unlessRefused(async () => {
        // An unknown user name goes to the library as an address that nobody has: it takes as long as a wrong password.
        const account = await accounts.findByLogin(login)
        const { headers, response } = await api.signInEmail({
          body: { email: account?.email ?? NOBODY, password },
          headers: headersOf(browser),
          returnHeaders: true,
        })
        // Of a sign-in that waits for its second factor the library tells nothing, not even whose it is.
        const needsSecondFactor = 'twoFactorRedirect' in response
        if (account === null) return { refused: 'wrong_credentials' }
        if (account.disabled) return refuseDisabled(accounts, account.id)
        return { accountId: account.id, needsSecondFactor, cookies: cookiesOf(headers) }
      }, 'wrong_credentials'),
    withSecondFactor: ({ code, isRecoveryCode, trustDevice }, browser) =>
      unlessRefused(async () => {
        const asked = {
          body: { code, trustDevice },
          headers: headersOf(browser),
          returnHeaders: true,
        } as const
        const { headers, response } = isRecoveryCode
          ? await api.verifyBackupCode(asked)
          : await api.verifyTOTP(asked)
        const accountId = response.user.id
        const account = await accounts.find(accountId)
        if (account === null || account.disabled) return refuseDisabled(accounts, accountId)
        return { accountId, cookies: cookiesOf(headers) }
      }, 'wrong_code'),
    vouched: async (accountId, browser) => {
      const account = await accounts.find(accountId)
      if (account === null || account.disabled) return { refused: 'disabled' }
      const { headers } = await api.vouch({
        body: { userId: accountId },
        headers: headersOf(browser),
        returnHeaders: true,
      })
      return { cookies: cookiesOf(headers) }
    },
    end: async (browser) => {
      const { headers } = await api.signOut({ headers: headersOf(browser), returnHeaders: true })
      return { cookies: cookiesOf(headers) }
    },
    changePassword: ({ current, next }, browser) =>
      unlessRefused(async () => {
        const { headers } = await api.changePassword({
          body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
          headers: headersOf(browser),
          returnHeaders: true,
        })
        return { cookies: cookiesOf(headers) }
      }, 'wrong_password'),
    beginSecondFactor: (password, browser) =>
      unlessRefused(async () => {
        const begun = await api.enableTwoFactor({
          body: { password, method: 'totp' },
          headers: headersOf(browser),
        })
        if (begun.method !== 'totp') return { refused: 'not_set_up' }
        return { uri: begun.totpURI, recoveryCodes: begun.backupCodes }
      }, 'wrong_password'),
    confirmSecondFactor: (code, browser) =>
      unlessRefused(async () => {
        const { headers } = await api.verifyTOTP({
          body: { code },
          headers: headersOf(browser),
          returnHeaders: true,
        })
        return { cookies: cookiesOf(headers) }
      }, 'wrong_code'),
    endSecondFactor: (password, browser) =>
      unlessRefused(async () => {
        const { headers } = await api.disableTwoFactor({
          body: { password },
          headers: headersOf(browser),
          returnHeaders: true,
        })
        return { cookies: cookiesOf(headers) }
      }, 'wrong_password'),
  }
}

function headersOf({ cookie, address, userAgent }: Browser): Headers {
  const headers = new Headers({ [ADDRESS_HEADER]: address })
  if (cookie !== null) headers.set('cookie', cookie)
  if (userAgent !== null) headers.set('user-agent', userAgent.slice(0, 500))
  return headers
}

const cookiesOf = (headers: Headers): Cookies => headers.getSetCookie()

/** The library has opened a session before we look: it must not stay. */
async function refuseDisabled(accounts: Accounts, accountId: string): Promise<Refused> {
  await accounts.endSessions(accountId, null)
  return { refused: 'disabled' }
}

/** Codes of better-auth that mean something else than that what was shown is wrong. */
const REFUSALS: Readonly<Record<string, SignInRefusal>> = {
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'too_many_codes',
  ACCOUNT_TEMPORARILY_LOCKED: 'too_many_codes',
  [CODE_USED]: 'used_code',
  TOTP_NOT_ENABLED: 'not_set_up',
  TOTP_ALREADY_ENABLED: 'already_set_up',
}

/** What the library refuses becomes a refusal; whatever else is thrown is our own trouble and goes on. */
async function unlessRefused<Answer>(
  ask: () => Promise<Answer | Refused>,
  otherwise: SignInRefusal,
): Promise<Answer | Refused> {
  try {
    return await ask()
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error
    return { refused: REFUSALS[String(error.body?.code)] ?? otherwise }
  }
}

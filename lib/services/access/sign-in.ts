import type { Role } from '#lib/domain/access/roles.ts'

/** Somebody who may sign in. */
export type Account = {
  id: string
  name: string
  email: string
  username: string | null
  role: Role
  /** Whether signing in is refused. */
  disabled: boolean
  hasSecondFactor: boolean
  createdAt: number
}

/** A browser in which somebody has signed in. */
export type SignInSession = {
  id: string
  createdAt: number
  expiresAt: number
  address: string | null
  userAgent: string | null
}

/** What a browser brought: its cookies, its address and what it calls itself. */
export type Browser = { cookie: string | null; address: string; userAgent: string | null }

/** What goes back to the browser beside the answer: whole `Set-Cookie` values. */
export type Cookies = readonly string[]

/** Why somebody was not let in, or a change to an account was refused. */
export type SignInRefusal =
  | 'wrong_credentials'
  | 'wrong_code'
  | 'used_code'
  | 'too_many_codes'
  | 'wrong_password'
  | 'disabled'
  | 'not_set_up'
  | 'already_set_up'

export type Refused = { refused: SignInRefusal }

/** How people sign in: passwords, second factors and the sessions that follow. Rejects with `unavailable` when the database is away. */
export type SignIn = {
  /** Whose session the cookies carry; null for none, an ended one, or one of somebody who is disabled. */
  recognise: (browser: Browser) => Promise<{ account: Account; sessionId: string } | null>
  /** `login` is an e-mail address or a user name. It takes as long for an unknown one as for a wrong password. */
  withPassword: (
    given: { login: string; password: string },
    browser: Browser,
  ) => Promise<{ accountId: string; needsSecondFactor: boolean; cookies: Cookies } | Refused>
  withSecondFactor: (
    given: { code: string; isRecoveryCode: boolean; trustDevice: boolean },
    browser: Browser,
  ) => Promise<{ accountId: string; cookies: Cookies } | Refused>
  /** For somebody whom another has vouched for, such as an identity provider. */
  vouched: (accountId: string, browser: Browser) => Promise<{ cookies: Cookies } | Refused>
  end: (browser: Browser) => Promise<{ cookies: Cookies }>
  /** Ends all the other sessions. */
  changePassword: (
    given: { current: string; next: string },
    browser: Browser,
  ) => Promise<{ cookies: Cookies } | Refused>
  /** Begins; nothing is asked for at sign-in until a code has confirmed it. `uri` is for an authenticator app. */
  beginSecondFactor: (
    password: string,
    browser: Browser,
  ) => Promise<{ uri: string; recoveryCodes: readonly string[] } | Refused>
  confirmSecondFactor: (code: string, browser: Browser) => Promise<{ cookies: Cookies } | Refused>
  endSecondFactor: (password: string, browser: Browser) => Promise<{ cookies: Cookies } | Refused>
  accounts: Accounts
}

/** A new account; without a password it can only be vouched for. */
export type NewAccount = {
  name: string
  email: string
  username: string | null
  role: Role
  password: string | null
}

/** The accounts there are. */
export type Accounts = {
  count: () => Promise<number>
  list: () => Promise<Account[]>
  find: (id: string) => Promise<Account | null>
  /** By e-mail address or user name, whatever its capitals. */
  findByLogin: (login: string) => Promise<Account | null>
  create: (account: NewAccount) => Promise<Account>
  update: (
    id: string,
    changes: Partial<Pick<Account, 'name' | 'email' | 'username' | 'role' | 'disabled'>>,
  ) => Promise<Account>
  delete: (id: string) => Promise<void>
  setPassword: (id: string, password: string) => Promise<void>
  removeSecondFactor: (id: string) => Promise<void>
  /** Newest first. */
  sessions: (id: string) => Promise<SignInSession[]>
  /** False where the account has no such session. */
  endSession: (id: string, sessionId: string) => Promise<boolean>
  /** All but the one named. */
  endSessions: (id: string, except: string | null) => Promise<void>
  /** Ties an identity provider's subject to the account. */
  link: (id: string, subject: { issuer: string; subject: string }) => Promise<void>
  findBySubject: (subject: { issuer: string; subject: string }) => Promise<Account | null>
}

import type { Author } from '#lib/domain/access/author.ts'
import type { AuditEntryInput } from '../record-audit.ts'
import type { Browser, SignIn } from './sign-in.ts'
import type { SignInLimits } from './sign-in-limits.ts'

/** Tells a browser in which an account has signed in before from a stranger's. */
export type KnownBrowsers = {
  /** The browser's own id, when its cookies prove that the account has signed in there; else null. */
  idOf: (cookie: string | null, accountId: string) => string | null
  /** The `Set-Cookie` that makes the browser known to the account. */
  cookieFor: (accountId: string) => string
}

/** Where people are let in, and what is minded of them. */
export type Desk = {
  /** Loaded when it is first needed: a console that nobody signs in to does without. */
  signIn: () => Promise<SignIn>
  /** Whether there is somebody who may sign in. */
  isSetUp: () => Promise<boolean>
  limits: SignInLimits
  knownBrowsers: KnownBrowsers
  /** Writes down who came in, was turned away, or may come in from now on. */
  record: (entry: AuditEntryInput) => void
  /** What the log told at the start, until there is an administrator. */
  setUpToken: string
  /** What was remembered of sessions is asked for anew. */
  forgetSessions: () => void
}

/** Somebody at a browser, and as whom what they do is remembered. */
export type Visit = { browser: Browser; author: Author; isFromHere: boolean }

/** What an identity provider says of somebody, checked to be its word and for us. */
export type Vouched = {
  issuer: string
  /** Who it is there, for ever; nothing else of what it says is. */
  subject: string
  email: string | null
  /** Whether the provider has made sure that the e-mail address is theirs. */
  isEmailVerified: boolean
  name: string | null
  /** The page of the console that was asked for. */
  next: string
}

/**
 * Why nobody is vouched for: `denied`, the provider or the person said no; `expired`, it took too long or was used
 * already; `mismatch`, the answer belongs to no sign-in that this browser began; `untrusted`, what the provider says
 * does not hold; `unreachable`, it is away or in trouble; `misconfigured`, it and we do not fit together.
 */
export type IdentityRefusal =
  'denied' | 'expired' | 'mismatch' | 'untrusted' | 'unreachable' | 'misconfigured'

export type NotVouched = {
  refused: IdentityRefusal
  /** For the person at the browser. */
  message: string
  /** For the log: what exactly went wrong, as far as it is known. It holds no secret, but may repeat what others wrote. */
  detail: string
}

/** A sign-in that has begun: where the browser goes, and what it keeps meanwhile, for `MEMORY_MS` at most. */
export type Begun = { url: string; memory: string }

/** How long somebody may take at the identity provider, ms. */
export const MEMORY_MS = 600_000

/** A provider of identities that people may sign in by. It need not be there at the start, nor ever after. */
export type IdentityProvider = {
  /** What the button says. */
  name: string
  /** `next` is the page to go on to, from wherever it comes: what is no path of our console becomes `/`. */
  begin: (asked: { next: string }) => Promise<Begun | NotVouched>
  /**
   * `callback` is the URL that the browser came back to, `memory` what it has kept since `begin`. It is good for one
   * `finish`: whatever comes of it, the caller makes the browser forget it.
   */
  finish: (callback: URL, memory: string) => Promise<Vouched | NotVouched>
  close: () => Promise<void>
}

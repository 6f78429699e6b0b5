import type { IdentityRefusal, NotVouched } from '#lib/services/access/identity-provider.ts'
import { CallError } from '../http/failure.ts'

const AGAIN = 'Please begin again from the sign-in page.'

const MESSAGES: Readonly<Record<IdentityRefusal, (name: string) => string>> = {
  denied: (name) => `${name} did not let you in, or you did not agree to it.`,
  expired: () => `This sign-in took too long, or its answer was used already. ${AGAIN}`,
  mismatch: () => `This answer belongs to no sign-in that was begun in this browser. ${AGAIN}`,
  untrusted: (name) =>
    `The answer of ${name} cannot be trusted, so nobody was signed in. Tell an administrator.`,
  unreachable: (name) => `${name} cannot be reached, or is in trouble. Try again in a while.`,
  misconfigured: (name) => `Sign-in by ${name} is not set up rightly. Tell an administrator.`,
}

/** A refusal in words, by the provider's name. */
export const notVouched = (refused: IdentityRefusal, name: string, detail: string): NotVouched => ({
  refused,
  message: MESSAGES[refused](name),
  detail,
})

/** OAuth's error codes (RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core 3.1.2.6) that are not about how we are set up. */
const BY_ERROR: Readonly<Record<string, IdentityRefusal>> = {
  access_denied: 'denied',
  login_required: 'denied',
  interaction_required: 'denied',
  account_selection_required: 'denied',
  consent_required: 'denied',
  server_error: 'unreachable',
  temporarily_unavailable: 'unreachable',
  invalid_grant: 'expired',
}

/** Codes of openid-client for answers that are no answers. */
const NO_ANSWER: ReadonlySet<unknown> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
])
/** The same for a provider that does not fit what we were told of it. */
const DOES_NOT_FIT: ReadonlySet<unknown> = new Set([
  'OAUTH_WWW_AUTHENTICATE_CHALLENGE',
  'OAUTH_HTTP_REQUEST_FORBIDDEN',
  'OAUTH_REQUEST_PROTOCOL_FORBIDDEN',
  'OAUTH_MISSING_SERVER_METADATA',
  'OAUTH_INVALID_SERVER_METADATA',
])

/** What an error of openid-client means for who signs in. Whatever is not known to be harmless is not trusted. */
export function refusalOfError(error: unknown, name: string): NotVouched {
  const chain = causesOf(error)
  const call = chain.find((one) => one instanceof CallError)
  if (call !== undefined) {
    const refused = call.failure.kind === 'refused_by_policy' ? 'misconfigured' : 'unreachable'
    return notVouched(refused, name, call.message)
  }
  const detail = chain.map(wordsOf).join(': ')
  const said = chain.map((one) => field(one, 'error')).find((one) => typeof one === 'string')
  if (said !== undefined) return notVouched(BY_ERROR[said] ?? 'misconfigured', name, detail)
  const codes = chain.map((one) => field(one, 'code'))
  if (codes.some((code) => NO_ANSWER.has(code))) return notVouched('unreachable', name, detail)
  if (codes.some((code) => DOES_NOT_FIT.has(code))) return notVouched('misconfigured', name, detail)
  return notVouched('untrusted', name, detail)
}

function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : []
}

const field = (error: Error, name: string): unknown => (error as Error & Record<string, unknown>)[name]

/** Codes and descriptions are what a provider writes for those who set it up. */
const wordsOf = (error: Error): string =>
  [error.message, field(error, 'error'), field(error, 'error_description')]
    .filter((word) => typeof word === 'string' && word !== '')
    .join(', ')
    .slice(0, 500)

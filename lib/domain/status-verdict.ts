import { oneLine, statusWords } from './error-words.ts'
import type { ErrorKind, OutcomeClass, OutcomeSource, Verdict } from './outcome.ts'
import { DEFAULT_RATE_LIMIT_WAIT_MS } from './retry-after.ts'

/** Error codes and types, lower-case, by which providers say that the account has no credit left. */
const NO_CREDIT_CODES = new Set([
  'insufficient_quota',
  'insufficient_balance',
  'insufficient_credits',
  'insufficient_funds',
  'credit_balance_too_low',
  'billing_not_active',
  'billing_hard_limit_reached',
  'billing_error',
  'payment_required',
])

/** Anthropic says it only in the text of a 400 whose type is `invalid_request_error`. */
const NO_CREDIT_TEXT = /credit balance is too low|insufficient (?:credit|balance|funds)/i

/** Codes by which a 400 means the key: Google answers a bad one so. */
const BAD_KEY_CODES = new Set(['api_key_invalid', 'invalid_api_key', 'authentication_error'])

/** 4xx that blame the provider's side: it gave up waiting, was not ready, sent us astray, or had no capacity. */
const PROVIDER_4XX = new Set([408, 421, 425, 498])

const OVERLOADED_CODES = new Set(['overloaded_error', 'overloaded', 'engine_overloaded', 'server_overloaded'])

/** An answer's status and what else it said. `excerpt` must be redacted; `retryAfterMs` null: it named no wait. */
export type StatusFacts = {
  status: number
  errorCode: string | null
  excerpt: string | null
  retryAfterMs: number | null
  source: OutcomeSource
}

/** Who is to blame for an answer with this status: the part of the classification that reads nothing but the answer. */
export function statusVerdict(facts: StatusFacts): Verdict {
  const { status } = facts
  if (status >= 200 && status < 300) return { class: 'ok', kind: null, message: null, retryAfterMs: null }
  if (status >= 400 && status < 500) return clientSideVerdict(facts)
  if (status === 529 || (status >= 500 && hasCode(facts, OVERLOADED_CODES))) {
    return verdict(facts, 'provider_error', 'overloaded')
  }
  return verdict(facts, 'provider_error', status >= 300 && status < 400 ? 'redirected' : 'http_status')
}

function clientSideVerdict(facts: StatusFacts): Verdict {
  const { status, source } = facts
  const refusal = credentialsKind(facts)
  if (refusal !== null) return verdict(facts, 'credentials', refusal)
  if (status === 429) {
    const limited = verdict(facts, 'rate_limited', 'rate_limited')
    return { ...limited, retryAfterMs: limited.retryAfterMs ?? DEFAULT_RATE_LIMIT_WAIT_MS }
  }
  if (PROVIDER_4XX.has(status)) return verdict(facts, 'provider_error', 'http_status')
  if (source === 'passive') return verdict(facts, 'client_error', 'http_status')
  // Our own check asked for something that is not there: every further one will fail alike until somebody mends it.
  return verdict(facts, 'credentials', 'probe_misconfigured')
}

/** What is wrong with the key or the account behind it; null when nothing is. */
function credentialsKind(facts: StatusFacts): 'no_credit' | 'unauthorized' | null {
  const { status } = facts
  if (status === 402) return 'no_credit'
  if (status === 401 || status === 403) return 'unauthorized'
  if ((status === 400 || status === 429) && saysNoCredit(facts)) return 'no_credit'
  return status === 400 && hasCode(facts, BAD_KEY_CODES) ? 'unauthorized' : null
}

function verdict(facts: StatusFacts, outcomeClass: OutcomeClass, kind: ErrorKind): Verdict {
  const words = [
    ...(kind === 'probe_misconfigured' ? ['probe misconfigured'] : []),
    statusWords(facts.status),
    ...(facts.excerpt === null || facts.excerpt === '' ? [] : [facts.excerpt]),
  ]
  const cools = outcomeClass === 'provider_error' || outcomeClass === 'rate_limited'
  return {
    class: outcomeClass,
    kind,
    message: oneLine(words.join(': ')),
    retryAfterMs: cools ? facts.retryAfterMs : null,
  }
}

const hasCode = ({ errorCode }: StatusFacts, codes: ReadonlySet<string>) =>
  errorCode !== null && codes.has(errorCode.toLowerCase())

const saysNoCredit = (facts: StatusFacts) =>
  hasCode(facts, NO_CREDIT_CODES) || (facts.excerpt !== null && NO_CREDIT_TEXT.test(facts.excerpt))

import type { ErrorKind, OutcomeClass, OutcomeSource } from '#lib/domain/outcome.ts'
import type { SkipReason } from '#lib/services/records.ts'

// What stands in the database for each word. A number once given keeps its meaning for ever; new words get new ones.

export const CLASS_CODES = {
  ok: 0,
  provider_error: 1,
  rate_limited: 2,
  credentials: 3,
  client_error: 4,
  cancelled: 5,
  internal: 6,
} as const satisfies Record<OutcomeClass, number>

export const SOURCE_CODES = { active: 0, passive: 1 } as const satisfies Record<OutcomeSource, number>

export const SKIP_CODES = {
  budget_spent: 0,
  traffic_proves: 1,
  prices_missing: 2,
} as const satisfies Record<SkipReason, number>

export const KIND_CODES = {
  dns: 0,
  refused: 1,
  unreachable: 2,
  connect_timeout: 3,
  tls: 4,
  reset: 5,
  response_timeout: 6,
  stalled: 7,
  body_broken: 8,
  body_too_large: 9,
  bad_body: 10,
  error_body: 11,
  http_status: 12,
  overloaded: 13,
  rate_limited: 14,
  unauthorized: 15,
  no_credit: 16,
  probe_misconfigured: 17,
  redirected: 18,
  secret_missing: 19,
  loop_stalled: 20,
  egress_down: 21,
  resources_exhausted: 22,
  client_gone: 23,
  client_deadline: 24,
  refused_by_policy: 25,
} as const satisfies Record<ErrorKind, number>

/** The word for each code of a table; a code that a newer program wrote is not in it. */
const wordsOf = <Word extends string>(codes: Record<Word, number>): ReadonlyMap<number, Word> =>
  new Map((Object.entries(codes) as [Word, number][]).map(([word, code]) => [code, word]))

export const CLASS_WORDS = wordsOf(CLASS_CODES)
export const SOURCE_WORDS = wordsOf(SOURCE_CODES)
export const SKIP_WORDS = wordsOf(SKIP_CODES)
export const KIND_WORDS = wordsOf(KIND_CODES)

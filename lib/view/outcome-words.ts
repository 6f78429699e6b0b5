import { ERROR_WORDS, statusWords } from '#lib/domain/error-words.ts'
import type { ErrorKind, OutcomeClass } from '#lib/domain/outcome.ts'
import { formatCount, plural } from './format.ts'
import { keepUnits } from './keep-units.ts'

/** Outcome classes as operators read them. */
export const CLASS_WORDS: Record<OutcomeClass, string> = {
  ok: 'ok',
  provider_error: 'provider error',
  rate_limited: 'rate limited',
  credentials: 'credentials refused',
  client_error: 'client error',
  cancelled: 'cancelled',
  internal: 'our own fault',
}

/** Classes that are things; the others say what became of a call, and stay as they are however many there are. */
const COUNTED: ReadonlySet<OutcomeClass> = new Set(['provider_error', 'client_error'])

/** So many calls of one class: `1 provider error`, `38 provider errors`, `12 rate limited`. */
export const classCount = (count: number, outcomeClass: OutcomeClass): string =>
  COUNTED.has(outcomeClass)
    ? plural(count, CLASS_WORDS[outcomeClass])
    : `${formatCount(count)} ${CLASS_WORDS[outcomeClass]}`

/** What went wrong with one call: its kind, or the HTTP status where that is the news: "502 bad gateway". */
export function errorWords({
  kind,
  httpStatus,
}: {
  kind: ErrorKind | null
  httpStatus: number | null
}): string {
  const saysStatus = kind === null || kind === 'http_status' || kind === 'overloaded'
  if (saysStatus && httpStatus !== null) return statusWords(httpStatus)
  return kind === null ? 'unknown error' : ERROR_WORDS[kind]
}

/** What went wrong with one call, and what its error tells beyond that, each said once. */
export function fullErrorWords({
  error,
  ...call
}: Parameters<typeof errorWords>[0] & { error: string | null }): string {
  const words = errorWords(call)
  if (error === null) return words
  return keepUnits(error === words || error.startsWith(`${words}: `) ? error : `${words}: ${error}`)
}

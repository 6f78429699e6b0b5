/** The longest a provider's wish to be left alone is honoured. */
export const MAX_RETRY_AFTER_MS = 3_600_000

/** How long a provider is left alone that limits our rate without saying for how long. */
export const DEFAULT_RATE_LIMIT_WAIT_MS = 30_000

type Headers = Readonly<Record<string, string>>

const NUMBER = /^\d+(?:\.\d+)?$/
const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[a-z]*day)?,? (?:\d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/
const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/
const GO_DURATION = /^(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|µs|ns))+$/
const UNIT_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000_001,
}

type Dimension = { reset: string; remaining: string }

const OPENAI: readonly Dimension[] = ['requests', 'tokens'].map((name) => ({
  reset: `x-ratelimit-reset-${name}`,
  remaining: `x-ratelimit-remaining-${name}`,
}))
const ANTHROPIC: readonly Dimension[] = ['requests', 'tokens', 'input-tokens', 'output-tokens'].map(
  (name) => ({
    reset: `anthropic-ratelimit-${name}-reset`,
    remaining: `anthropic-ratelimit-${name}-remaining`,
  }),
)

/**
 * How long a provider asks to be left alone, in ms from `nowWallMs` (wall clock), above 0 and at most an hour; null
 * when it says nothing usable. First of: `retry-after-ms`, `x-ms-retry-after-ms`, `retry-after` (RFC 9110, 10.2.3),
 * the reset of the exhausted dimension in `x-ratelimit-*`, and in `anthropic-ratelimit-*`. A wait that is over
 * already is no answer, so that "0" under a 429 cannot mean "hammer me".
 */
export function retryAfterMs(headers: Headers, nowWallMs: number): number | null {
  const wait =
    usable(numberOf(headers['retry-after-ms'])) ??
    usable(numberOf(headers['x-ms-retry-after-ms'])) ??
    usable(secondsOrDate(headers['retry-after'], nowWallMs)) ??
    exhausted(headers, OPENAI, durationMs) ??
    exhausted(headers, ANTHROPIC, (text) => untilMs(text, RFC_3339, nowWallMs))
  return wait === null ? null : Math.min(Math.ceil(wait), MAX_RETRY_AFTER_MS)
}

/** The ms of a duration as rate-limit headers write it: `6m0s`, `12ms`, `1.5s`, or plain seconds; null when it is none. */
export function durationMs(text: string): number | null {
  const trimmed = text.trim()
  if (NUMBER.test(trimmed)) return Number(trimmed) * 1_000
  if (!GO_DURATION.test(trimmed)) return null
  let total = 0
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)) {
    total += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0)
  }
  return total
}

/** The longest reset among the dimensions with nothing left; one that does not say what is left counts as exhausted. */
function exhausted(
  headers: Headers,
  dimensions: readonly Dimension[],
  read: (text: string) => number | null,
): number | null {
  let longest: number | null = null
  for (const dimension of dimensions) {
    const reset = headers[dimension.reset]
    if (reset === undefined || (numberOf(headers[dimension.remaining]) ?? 0) > 0) continue
    const wait = usable(read(reset))
    if (wait !== null) longest = Math.max(longest ?? 0, wait)
  }
  return longest
}

function secondsOrDate(text: string | undefined, nowWallMs: number): number | null {
  const seconds = numberOf(text)
  if (seconds !== null) return seconds * 1_000
  return text === undefined ? null : untilMs(text, HTTP_DATE, nowWallMs)
}

/** Only texts of the right form reach `Date.parse`, which would read a year out of nearly anything. */
function untilMs(text: string, form: RegExp, nowWallMs: number): number | null {
  const trimmed = text.trim()
  if (!form.test(trimmed)) return null
  // The oldest HTTP-date form carries no zone and means GMT.
  const at = Date.parse(form === HTTP_DATE && !trimmed.endsWith('GMT') ? `${trimmed} GMT` : trimmed)
  return Number.isNaN(at) ? null : at - nowWallMs
}

const numberOf = (text: string | undefined): number | null =>
  text !== undefined && NUMBER.test(text.trim()) ? Number(text) : null

const usable = (ms: number | null): number | null => (ms !== null && ms > 0 ? ms : null)

/** What the struck provider does to chats; where it says so, to checks too. */
export const CONDITIONS = [
  'fine',
  /** Every connection is reset, of checks too: unlike a refusal, that can be counted. */
  'down',
  /** Every other chat, by a fixed dice, is answered with 500. */
  'brown_out',
  /** It takes the request and says nothing; checks too. */
  'hang',
  /** Right answers, late. */
  'slow',
  /** 429 with a Retry-After. */
  'rate_limited',
  /** 200 with a page of HTML, or half a stream. */
  'bad_body',
  /** 200, and the stream's first event is an error; whole answers are fine. */
  'stream_error',
  /** 401; checks too. */
  'revoked',
  /** One chat in five is answered with 400: the caller's fault. */
  'poison',
] as const
export type Condition = (typeof CONDITIONS)[number]

/** A stretch of the script: an outage of the first provider, or something that must not look like one. */
export type Act = {
  name: string
  condition: Condition
  /** Whether the provider is to blame. */
  isOutage: boolean
  /** Clients that go away after so long; null: they wait. */
  impatientMs: number | null
}

const outage = (name: string, condition: Condition): Act => ({
  name,
  condition,
  isOutage: true,
  impatientMs: null,
})
const innocent = { isOutage: false } as const

/** The whole script. After each act all is fine for `CALM_MS`. */
export const ACTS: readonly Act[] = [
  outage('full outage', 'down'),
  outage('brown-out, half fail', 'brown_out'),
  { ...innocent, name: 'callers’ bad requests', condition: 'poison', impatientMs: null },
  outage('hang', 'hang'),
  outage('slow', 'slow'),
  outage('rate limit, Retry-After 2 s', 'rate_limited'),
  { ...innocent, name: 'clients that go away', condition: 'fine', impatientMs: 10 },
  outage('bad bodies', 'bad_body'),
  outage('errors in 200 streams', 'stream_error'),
  outage('credentials revoked', 'revoked'),
]

/** How long an act lasts. */
export const ACT_MS = Number(process.env['BENCH_ACT_MS'] ?? 6_000)
/** The calm after it: long enough for the longest open time, the trials, the ramp, and a call that hung till then. */
export const CALM_MS = 2 * ACT_MS
/** Requests a second, every other one a stream. */
export const PER_SECOND = 40
/** What a fine provider takes, and a slow one. */
export const FINE_MS = 20
export const SLOW_MS = 800
export const RETRY_AFTER_S = 2
/** Clients wait so long at most. */
export const PATIENCE_MS = 5_000

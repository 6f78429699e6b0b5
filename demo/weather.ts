import { hashOf, seededRandom } from './chance.ts'

/** How a provider may ask to be left alone; every real API has its own way. */
export const RETRY_AFTER_FORMATS = [
  'seconds',
  'http-date',
  'milliseconds',
  'reset-duration',
  'reset-time',
] as const
export type RetryAfterFormat = (typeof RETRY_AFTER_FORMATS)[number]

/** What a simulated provider does to the calls that reach it. Shares are 0..1 of calls, and exclude each other. */
export type Conditions = {
  /** False: the port refuses connections. */
  reachable: boolean
  /** Median latency of a completion, and the spread of the log-normal around it. */
  medianMs: number
  sigma: number
  errorShare: number
  errorStatuses: readonly number[]
  hangShare: number
  resetShare: number
  badBodyShare: number
  rateLimitShare: number
  retryAfterSeconds: number
  retryAfterFormat: RetryAfterFormat
}

export type FrontKind = 'slow' | 'brown_out' | 'rate_limit' | 'hang' | 'reset' | 'bad_body' | 'outage'

/** A stretch of bad weather, ms since the weather began, `fromMs` included, `toMs` excluded. */
export type Front = { kind: FrontKind; fromMs: number; toMs: number }

/** One provider's usual weather. */
export type Climate = {
  providerId: string
  medianMs: number
  sigma: number
  /** How far the median drifts up and down over some minutes, as a share of it. */
  drift: number
  /** Share of minutes, after the opening act, in which a front passes. */
  unrest: number
  /** What the fronts are. */
  fronts: readonly [FrontKind, ...FrontKind[]]
  retryAfterFormat: RetryAfterFormat
  /** The same for every seed, so that a newcomer sees each thing happen once, soon. */
  openingAct: readonly Front[]
}

/** Until then only the opening acts play. */
export const OPENING_MS = 150_000
const SLOT_MS = 60_000
const DRIFT_PERIOD_MS = 180_000

/** The conditions at a provider, `elapsedMs` after the weather began; the same for the same seed, always. */
export function weatherAt(climate: Climate, seed: number, elapsedMs: number): Conditions {
  const phase = (hashOf(seed, climate.providerId, 'drift') / 2 ** 32) * 2 * Math.PI
  const swing = Math.sin((2 * Math.PI * elapsedMs) / DRIFT_PERIOD_MS + phase)
  const calm: Conditions = {
    ...CALM,
    medianMs: climate.medianMs * (1 + climate.drift * swing),
    sigma: climate.sigma,
    retryAfterFormat: climate.retryAfterFormat,
  }
  const front = frontAt(climate, seed, elapsedMs)
  return front === null ? calm : underFront(calm, front.kind)
}

/** The front over a provider at that moment, if any. */
export function frontAt(climate: Climate, seed: number, elapsedMs: number): Front | null {
  const over = (front: Front) => elapsedMs >= front.fromMs && elapsedMs < front.toMs
  if (elapsedMs < OPENING_MS) return climate.openingAct.find(over) ?? null
  const front = slotFront(climate, seed, Math.floor((elapsedMs - OPENING_MS) / SLOT_MS))
  return front !== null && over(front) ? front : null
}

/** At most one front passes in each slot, and it ends within it, so that no history is needed to know the weather. */
function slotFront(climate: Climate, seed: number, slot: number): Front | null {
  const random = seededRandom(hashOf(seed, climate.providerId, slot))
  if (random() >= climate.unrest) return null
  const kind = climate.fronts[Math.floor(random() * climate.fronts.length)] ?? climate.fronts[0]
  const fromMs = OPENING_MS + slot * SLOT_MS + random() * 20_000
  return { kind, fromMs, toMs: fromMs + 15_000 + random() * 25_000 }
}

const CALM: Omit<Conditions, 'medianMs' | 'sigma' | 'retryAfterFormat'> = {
  reachable: true,
  errorShare: 0,
  errorStatuses: [500, 502, 503, 529],
  hangShare: 0,
  resetShare: 0,
  badBodyShare: 0,
  rateLimitShare: 0,
  retryAfterSeconds: 8,
}

/** What a front makes of calm weather. */
export function underFront(calm: Conditions, kind: FrontKind): Conditions {
  switch (kind) {
    case 'slow':
      return { ...calm, medianMs: calm.medianMs * 4.5 }
    case 'brown_out':
      return { ...calm, medianMs: calm.medianMs * 1.6, errorShare: 0.35 }
    case 'rate_limit':
      return { ...calm, rateLimitShare: 0.9 }
    case 'hang':
      return { ...calm, hangShare: 0.4 }
    case 'reset':
      return { ...calm, resetShare: 0.4 }
    case 'bad_body':
      return { ...calm, badBodyShare: 0.5 }
    case 'outage':
      return { ...calm, reachable: false }
  }
}

export type Fate = 'answer' | 'error' | 'hang' | 'reset' | 'bad_body' | 'rate_limit'

/** What becomes of one call under these conditions; `roll` in [0, 1) decides. */
export function fateOf(conditions: Conditions, roll: number): Fate {
  const shares: [Fate, number][] = [
    ['rate_limit', conditions.rateLimitShare],
    ['error', conditions.errorShare],
    ['hang', conditions.hangShare],
    ['reset', conditions.resetShare],
    ['bad_body', conditions.badBodyShare],
  ]
  let left = roll
  for (const [fate, share] of shares) {
    if (left < share) return fate
    left -= share
  }
  return 'answer'
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A tier of history: outcomes added up by stretches of `widthMs`, kept for `keptMs`. */
export type Tier = {
  widthMs: number
  keptMs: number
  /** What is forgotten at once: at least the widest bucket that a chart makes of this tier, so that none is cut. */
  forgottenByMs: number
}

/** From the finest to the coarsest; each one's width divides the next one's, and the last one's is a UTC day. */
export const TIERS = [
  { widthMs: MINUTE, keptMs: 48 * HOUR, forgottenByMs: HOUR },
  { widthMs: 5 * MINUTE, keptMs: 14 * DAY, forgottenByMs: DAY },
  { widthMs: HOUR, keptMs: 400 * DAY, forgottenByMs: DAY },
  { widthMs: DAY, keptMs: Number.POSITIVE_INFINITY, forgottenByMs: DAY },
] as const satisfies readonly Tier[]

/** How long decisions are kept in full; they are counted for ever. */
export const DECISIONS_KEPT_MS = 48 * HOUR

/** How long checks are kept, and when it is: what decides how much is left of a time. Epoch ms. */
export type Keeping = { now: number; rawMs: number }

/** Before when a tier may be forgotten. None is kept for less time than what it was made of. */
export const forgottenBefore = (tier: Tier, { now, rawMs }: Keeping): number =>
  stretchAt(now - Math.max(tier.keptMs, rawMs), tier.forgottenByMs)

/** How fine history still is at `at`: the width of the finest tier kept, or 1 while the checks themselves are. */
export function finestKept(at: number, { now, rawMs }: Keeping): number {
  if (now - at <= rawMs) return 1
  return TIERS.find(({ keptMs }) => now - at <= Math.max(keptMs, rawMs))?.widthMs ?? TIERS[3].widthMs
}

/** How long after a minute's end its outcomes may still come in before it is added up. */
export const GRACE_MS = 2 * MINUTE

/** Where the stretch of this width begins that `at` lies in. */
export const stretchAt = (at: number, widthMs: number): number => Math.floor(at / widthMs) * widthMs

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Widths a history bucket may have, in ms; each divides a UTC day, so that buckets of any two charts line up. */
export const RESOLUTIONS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 20, 30].map((n) => n * SECOND),
  ...[1, 2, 3, 5, 10, 15, 20, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((n) => n * HOUR),
  DAY,
]

/** The finest bucket width that cuts `rangeMs` into at most `points` buckets; a day when none does. */
export const resolutionFor = (rangeMs: number, points: number): number =>
  RESOLUTIONS.find((width) => rangeMs / width <= points) ?? DAY

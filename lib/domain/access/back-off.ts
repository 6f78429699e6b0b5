/** Failed attempts of one kind, and when the last of them was. */
export type Failures = { count: number; lastAt: number }

/** How many attempts are free, and how the wait after each further one grows. */
export type BackOff = { free: number; firstMs: number; growth: number; mostMs: number }

/** Failures that are this old are forgotten. */
export const FORGOTTEN_AFTER_MS = 24 * 3_600_000

/** How long after its last failure the next attempt has to wait from `now` on, ms; 0: not at all. */
export function waitMs(
  failures: Failures | undefined,
  { free, firstMs, growth, mostMs }: BackOff,
  now: number,
) {
  if (failures === undefined || failures.count < free) return 0
  const whole = Math.min(mostMs, firstMs * growth ** (failures.count - free))
  return Math.max(0, failures.lastAt + whole - now)
}

/** The failures after one more. */
export const oneMore = (failures: Failures | undefined, now: number): Failures => ({
  count: (failures === undefined || now - failures.lastAt > FORGOTTEN_AFTER_MS ? 0 : failures.count) + 1,
  lastAt: now,
})

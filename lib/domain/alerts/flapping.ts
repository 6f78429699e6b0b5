/** How many evaluations are looked back at. */
export const FLAP_EVALUATIONS = 21
const FLAP_START = 0.3
const FLAP_STOP = 0.2
const OLDEST_WEIGHT = 0.8
const NEWEST_WEIGHT = 1.2

const CHANGES = FLAP_EVALUATIONS - 1
const MASK = 2 ** FLAP_EVALUATIONS - 1

/** The latest evaluations of one alert: one bit each, the newest lowest, set where it was bad. */
export type FlapHistory = { bits: number; isFlapping: boolean }

/** The history of what has always been good. */
export const QUIET_HISTORY: FlapHistory = Object.freeze({ bits: 0, isFlapping: false })

/** The history with one more evaluation, and whether it flaps by now: from 30 % of change on, until it is under 20 %. */
export function recordFlap(history: FlapHistory, isBad: boolean): FlapHistory {
  const bits = ((history.bits << 1) & MASK) | (isBad ? 1 : 0)
  const share = flapShare(bits)
  const isFlapping = share >= FLAP_START || (history.isFlapping && share >= FLAP_STOP)
  if (bits === history.bits && isFlapping === history.isFlapping) return history
  return { bits, isFlapping }
}

/** Whether nothing of it would be missed: all good, and not flapping. */
export const isQuiet = ({ bits, isFlapping }: FlapHistory): boolean => bits === 0 && !isFlapping

/**
 * How much of the latest 21 evaluations was change, 0–1, a newer change counting for more: weights run evenly from 0.8
 * for the oldest of 20 possible changes to 1.2 for the newest, as in Nagios Core ("Detection and Handling of State
 * Flapping", https://assets.nagios.com/downloads/nagioscore/docs/nagioscore/4/en/flapping.html).
 */
export function flapShare(bits: number): number {
  let weighted = 0
  // Bit 0 of `changed`: the newest evaluation differs from the one before.
  for (let changed = (bits ^ (bits >> 1)) & (MASK >> 1), age = 0; changed !== 0; changed >>= 1, age += 1) {
    if ((changed & 1) === 1)
      weighted += NEWEST_WEIGHT - (age * (NEWEST_WEIGHT - OLDEST_WEIGHT)) / (CHANGES - 1)
  }
  return weighted / CHANGES
}

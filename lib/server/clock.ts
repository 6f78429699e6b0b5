import type { Clock } from '#lib/services/ports.ts'

/** The machine's clocks, in ms. Only `wallMs` can be stepped; only `bootMs` runs on while the machine sleeps. */
export type TimeSources = { wallMs: () => number; monotonicMs: () => number; bootMs: () => number }

/** The fleet's clock, and how it learns that the machine slept. */
export type FleetClock = Clock & {
  /** Moves the clock over the time the machine slept since the last call; returns that time in ms, 0 when it did not. */
  catchUp: () => number
}

/** Some systems tell the time since boot in whole seconds, so a smaller difference proves no sleep. */
const SLEEP_NOISE_MS = 2_000

/**
 * A clock that is set from the wall once and then only follows the monotonic one, so that a stepped wall clock moves
 * no deadline; a sleep is added when it is noticed, so that timestamps stay right and history shows a gap.
 */
export function createFleetClock({ wallMs, monotonicMs, bootMs }: TimeSources): FleetClock {
  const offsetMs = wallMs() - monotonicMs()
  let awakeMs = bootMs() - monotonicMs()
  let sleptMs = 0
  return {
    now: () => Math.round(offsetMs + sleptMs + monotonicMs()),
    catchUp: () => {
      const ahead = bootMs() - monotonicMs() - awakeMs
      if (ahead < SLEEP_NOISE_MS) return 0
      awakeMs += ahead
      sleptMs += ahead
      return ahead
    },
  }
}

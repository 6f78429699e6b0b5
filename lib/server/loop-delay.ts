import { BucketCounts } from '#lib/services/metrics/bucket-counts.ts'

/** How late this process's event loop has been, so that its own stalls are not blamed on providers. */
export type LoopDelay = {
  /**
   * The longest the loop was late, in ms, by a stall that lies between the two times (fleet time; to now where no second is
   * given) at least in part; one that is still going on counts.
   */
  maxDelaySince: (at: number, until?: number) => number
  /** To be called by a timer every `TICK_MS`. */
  tick: () => void
  /** How late each tick was, all of them since the start. */
  delays: BucketCounts
}

/** How often the loop's lateness is looked at. */
export const TICK_MS = 50
const DELAY_BOUNDS_MS = [1, 2.5, 5, 10, 25, 50, 100, 250, 1_000]
/** Smaller delays never matter: the rule that asks starts at 250 ms. */
const NOTABLE_MS = 100
/** Longer than the longest time-out a check may have. */
const KEEP_MS = 400_000

/** Watches lateness on the given clock: `now` is the fleet's, so that a machine's sleep counts as a stall. */
export function createLoopDelay(now: () => number): LoopDelay {
  let stalls: { at: number; delayMs: number }[] = []
  const delays = new BucketCounts(DELAY_BOUNDS_MS)
  let dueAt = now() + TICK_MS
  return {
    delays,
    maxDelaySince: (at, until = Number.POSITIVE_INFINITY) => {
      let most = dueAt < until ? Math.max(0, now() - dueAt) : 0
      for (let index = stalls.length - 1; index >= 0; index -= 1) {
        const stall = stalls[index]
        if (stall === undefined || stall.at < at) break
        if (stall.at - stall.delayMs < until) most = Math.max(most, stall.delayMs)
      }
      return most
    },
    tick: () => {
      const at = now()
      const delayMs = at - dueAt
      dueAt = at + TICK_MS
      delays.record(delayMs)
      if (delayMs >= NOTABLE_MS) {
        stalls = stalls.filter((stall) => stall.at > at - KEEP_MS)
        stalls.push({ at, delayMs })
      }
    },
  }
}

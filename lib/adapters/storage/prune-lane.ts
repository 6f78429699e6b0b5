import type { Horizon, NextAttempt } from './write-job.ts'

/** The pruning still to be done: a small step at a time, with pauses. `wake` is called when the next step is due. */
export function pruneLane(limits: { pruneGapMs: number }, wake: () => void) {
  let horizon: Horizon | null = null
  let pause: NodeJS.Timeout | null = null

  function takeBreath() {
    pause = setTimeout(() => {
      pause = null
      wake()
    }, limits.pruneGapMs)
  }

  const next: NextAttempt = (ending) => {
    if (horizon === null || pause !== null || ending) return null
    const before = horizon
    return {
      job: { type: 'prune', before },
      succeeded: ({ more }) => {
        if (!more && horizon === before) horizon = null
        else takeBreath()
      },
      failed: takeBreath,
    }
  }

  return {
    next,
    prune: (before: Horizon) => {
      horizon = {
        checks: Math.max(before.checks, horizon?.checks ?? before.checks),
        decisions: Math.max(before.decisions, horizon?.decisions ?? before.decisions),
      }
    },
    stop: () => {
      if (pause !== null) clearTimeout(pause)
    },
  }
}

import type { NextAttempt } from './write-job.ts'

/** The pruning still to be done: a small step at a time, with pauses. `wake` is called when the next step is due. */
export function pruneLane(limits: { pruneGapMs: number }, wake: () => void) {
  let cutoff: number | null = null
  let pause: NodeJS.Timeout | null = null

  function takeBreath() {
    pause = setTimeout(() => {
      pause = null
      wake()
    }, limits.pruneGapMs)
  }

  const next: NextAttempt = (ending) => {
    if (cutoff === null || pause !== null || ending) return null
    const before = cutoff
    return {
      job: { type: 'prune', before },
      succeeded: ({ more }) => {
        if (!more && cutoff === before) cutoff = null
        else takeBreath()
      },
      failed: takeBreath,
    }
  }

  return {
    next,
    prune: (before: number) => {
      cutoff = Math.max(before, cutoff ?? before)
    },
    stop: () => {
      if (pause !== null) clearTimeout(pause)
    },
  }
}
